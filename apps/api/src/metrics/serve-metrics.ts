import type { Application } from 'express';
import { allowOnly } from '../http/problems/allowed-methods.js';
import type { MetricFamily } from './metric-family.js';
import { textFormatType, toTextFormat } from './text-format.js';

const metricsPath = '/metrics';

/** Serves the metrics of the whole service at `/metrics`, for Prometheus. */
export function serveMetrics(
  application: Application,
  collect: () => Promise<readonly MetricFamily[]>,
): void {
  application.get(metricsPath, async (_request, response) => {
    const text = toTextFormat(await collect());
    response.setHeader('Content-Type', textFormatType);
    response.end(text);
  });
  application.all(metricsPath, allowOnly(['GET']));
}
