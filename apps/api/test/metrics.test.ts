import { randomUUID } from 'node:crypto';
import { createClient } from '@product-api/client';
import {
  eventually,
  type RedisServer,
  type RunningApi,
  startApi,
  startRedis,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sumOf } from './prometheus-text.js';
import { send } from './raw-request.js';
import { readMetrics } from './read-metrics.js';
import { mouse } from './sample-product.js';

describe('the metrics of a service without Redis', () => {
  let api: RunningApi;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(async () => {
    await api.stop();
  });

  const requests = 'http_request_duration_seconds_count';

  test('count requests by method, route and status', async () => {
    const { products } = createClient({ baseUrl: api.baseUrl, retry: { limit: 0 } });
    const { id } = await products.create(mouse);
    for (let read = 0; read < 3; read++) {
      await products.get(id);
    }
    await expect(products.get(randomUUID())).rejects.toMatchObject({ status: 404 });
    await send(api.baseUrl, { method: 'POST', path: `/products/${id}` });
    await send(api.baseUrl, { method: 'PROPFIND', path: '/nowhere' });

    const metrics = await readMetrics(api.baseUrl);
    const product = { route: '/products/:id' };
    const count = (labels: Record<string, string>) => sumOf(metrics, requests, labels);
    expect(count({ route: '/products', method: 'POST', status: '201' })).toBe(1);
    expect(count({ ...product, method: 'GET', status: '200' })).toBe(3);
    expect(count({ ...product, method: 'GET', status: '404' })).toBe(1);
    expect(count({ ...product, method: 'POST', status: '405' })).toBe(1);
    expect(count({ route: 'other', method: 'other', status: '404' })).toBe(1);
    const seconds = sumOf(metrics, 'http_request_duration_seconds_sum', product);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(10);
  });

  test('contain the size of the write-ahead log', async () => {
    await createClient({ baseUrl: api.baseUrl }).products.create(mouse);
    const bytes = sumOf(await readMetrics(api.baseUrl), 'product_api_database_wal_bytes');
    expect(bytes).toBeGreaterThan(4096);
    expect(bytes).toBeLessThan(64 * 1024 * 1024);
  });

  test('count hits, misses and bypasses of the cache', async () => {
    const before = await readMetrics(api.baseUrl);
    const { products } = createClient({ baseUrl: api.baseUrl });
    const { id } = await products.create(mouse);
    for (let read = 0; read < 5; read++) {
      await products.get(id);
    }
    const after = await readMetrics(api.baseUrl);
    const rise = (result: string) =>
      sumOf(after, 'product_api_cache_reads_total', { result }) -
      sumOf(before, 'product_api_cache_reads_total', { result });
    expect([rise('hit'), rise('miss'), rise('bypass')]).toEqual([4, 1, 0]);
  });

  test('describe the process', async () => {
    const metrics = await readMetrics(api.baseUrl);
    const value = (name: string) => sumOf(metrics, name);
    expect(value('process_start_time_seconds')).toBeLessThanOrEqual(Date.now() / 1000);
    expect(value('process_start_time_seconds')).toBeGreaterThan(Date.now() / 1000 - 300);
    expect(value('process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(value('nodejs_eventloop_lag_max_seconds')).toBeLessThan(10);
    expect(value('product_api_relay_lag_seconds')).toBeLessThan(10);
    expect(metrics.get('product_api_build_info')?.samples).toMatchObject([
      { labels: { version: '1.0.0', node_version: process.version }, value: 1 },
    ]);
    expect([value('product_api_workers'), value('product_api_workers_missing')]).toEqual([1, 0]);
  });

  test('are read-only', async () => {
    const response = await send(api.baseUrl, { method: 'POST', path: '/metrics' });
    expect([response.status, response.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});

describeWith('redis')('the metrics of a service with Redis', () => {
  let redis: RedisServer;
  let api: RunningApi;

  beforeAll(async () => {
    redis = await startRedis();
    api = await startApi({ env: { REDIS_URL: redis.url } });
  });

  afterAll(async () => {
    await api.stop();
    await redis.stop();
  });

  test('show that Redis is gone', async () => {
    const { products } = createClient({ baseUrl: api.baseUrl });
    const { id } = await products.create(mouse);
    await eventually(async () => {
      await products.get(id);
      const metrics = await readMetrics(api.baseUrl);
      expect(sumOf(metrics, 'product_api_cache_ready')).toBe(1);
    });
    await redis.kill('SIGKILL');
    await eventually(async () => {
      await products.get(id);
      const metrics = await readMetrics(api.baseUrl);
      expect(sumOf(metrics, 'product_api_cache_ready')).toBe(0);
      const bypasses = sumOf(metrics, 'product_api_cache_reads_total', { result: 'bypass' });
      expect(bypasses).toBeGreaterThan(0);
    });
  });
});
