import { expect, test } from 'vitest';
import { RequestMetrics } from './request-metrics.js';

const NAME = 'http_request_duration_seconds';

function samplesOf(metrics: RequestMetrics): ReadonlyMap<string, number> {
  return metrics.families()[0]?.samples ?? new Map();
}

test('a duration counts in every bucket with an equal or higher bound', () => {
  const metrics = new RequestMetrics(['/products']);
  const series = metrics.series('GET', '/products');
  for (const seconds of [0.0005, 0.3, 11]) {
    series.observe(200, seconds);
  }
  const samples = samplesOf(metrics);
  const labels = 'method="GET",route="/products",status="200"';
  const bucket = (le: string) => samples.get(`${NAME}_bucket{${labels},le="${le}"}`);
  expect(['0.0005', '0.25', '0.5', '10', '+Inf'].map(bucket)).toEqual([1, 1, 2, 2, 3]);
  expect(samples.get(`${NAME}_count{${labels}}`)).toBe(3);
  expect(samples.get(`${NAME}_sum{${labels}}`)).toBeCloseTo(11.3005);
});

test('a method and a route have one series, and all unknown ones share a series', () => {
  const metrics = new RequestMetrics(['/products']);
  expect(metrics.series('GET', '/products')).toBe(metrics.series('GET', '/products'));
  expect(metrics.series('GET', '/a')).toBe(metrics.series('GET', undefined));
  expect(metrics.series('A', '/products')).toBe(metrics.series('B', '/products'));
  expect(metrics.series('A', '/products')).not.toBe(metrics.series('A', '/a'));
});
