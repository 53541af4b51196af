import type { Application, RequestHandler } from 'express';
import { allowOnly } from '../http/headers/allowed-methods.js';
import type { MetricFamily } from './prometheus/metric-family.js';
import { TEXT_FORMAT_TYPE, toTextFormat } from './prometheus/text-format.js';

const METRICS_PATH = '/metrics';

/**
 * Serves the metrics of the whole service to Prometheus at `/metrics`.
 *
 * @param checks refuse requests that may not read them
 */
export function serveMetrics(
  application: Application,
  collect: () => Promise<readonly MetricFamily[]>,
  checks: readonly RequestHandler[],
): void {
  application.get(METRICS_PATH, ...checks, async (_request, response) => {
    const text = toTextFormat(await collect());
    response.setHeader('Content-Type', TEXT_FORMAT_TYPE);
    response.end(text);
  });
  application.all(METRICS_PATH, allowOnly(['GET']));
}
