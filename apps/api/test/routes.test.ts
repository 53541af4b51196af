import { contract } from '@product-api/contract';
import { startApi } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import { sumOf } from './prometheus-text.js';
import { send } from './raw-request.js';
import { readMetrics } from './read-metrics.js';

/** A router binds its routes in order, and a parameter of an earlier path may match a later one. */
test('no route of the contract is hidden by another one', async () => {
  const api = await startApi();
  onTestFinished(() => api.stop());
  const routes = Object.values(contract).flatMap((group) => Object.values(group));
  for (const { method, path } of routes) {
    await send(api.baseUrl, { method, path: path.replaceAll(/:\w+/g, 'x') });
  }
  const metrics = await readMetrics(api.baseUrl);
  const unreached = routes.filter(({ method, path, metadata }) => {
    if (path === contract.changes.stream.path) {
      return sumOf(metrics, 'product_api_change_streams_total', { kind: 'stream' }) === 0;
    }
    if ('stream' in metadata) {
      const kind = method === 'GET' ? 'export' : 'import';
      return sumOf(metrics, 'product_api_streams_total', { kind }) === 0;
    }
    return sumOf(metrics, 'http_request_duration_seconds_count', { method, route: path }) === 0;
  });
  expect(unreached).toEqual([]);
});
