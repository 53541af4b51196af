import { expect } from 'vitest';
import { type Family, parsePrometheusText } from './prometheus-text.js';
import { send } from './raw-request.js';

/** Reads the metrics of a service over a new connection. */
export async function readMetrics(baseUrl: string): Promise<Map<string, Family>> {
  const { status, headers, text } = await send(baseUrl, { path: '/metrics' });
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  return parsePrometheusText(text);
}
