import { startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { createPostgresDatabase } from '@product-api/testing/postgres';
import { expect, onTestFinished, test } from 'vitest';
import { runToEnd } from './run-to-end.js';
import { messages, startWorkers } from './start-workers.js';

/** Nothing listens there; the service starts without Redis. */
const UNUSED_REDIS_URL = 'redis://127.0.0.1:1';

test('an invalid configuration is reported once, not by each worker', async () => {
  const { code, output } = await runToEnd({
    WORKERS: 'many',
    PORT: '70000',
    REDIS_URL: UNUSED_REDIS_URL,
  });
  expect(code).toBe(1);
  expect(output.match(/WORKERS: should be auto or a whole number from 1 to 1024/g)).toHaveLength(1);
  expect(output.match(/PORT: /g)).toHaveLength(1);
});

test('without Redis one process serves, and the log says why', async () => {
  const api = await startApi({ env: { WORKERS: '4' } });
  onTestFinished(() => api.stop());
  expect(messages(api, 'worker started')).toEqual([]);
  expect(
    messages(api, 'serving with one process, as the cache is in it: set REDIS_URL to use more'),
  ).toMatchObject([{ level: 'warn', wanted: 4 }]);
});

describeWith('redis', 'postgres')('workers on PostgreSQL', () => {
  test('load its driver and that of Redis, and serve', async () => {
    const catalog = await createPostgresDatabase();
    onTestFinished(catalog.drop);
    const service = await startWorkers({ DATABASE_URL: catalog.url });
    onTestFinished(() => service.stop());
    const ready = await fetch(`${service.api.baseUrl}/health/ready`);
    expect(await ready.json()).toMatchObject({ status: 'ok', cache: 'ok' });
  });
});
