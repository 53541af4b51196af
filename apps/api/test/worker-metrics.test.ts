import { eventually } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Family, sumOf } from './prometheus-text.js';
import { send } from './raw-request.js';
import { readMetrics } from './read-metrics.js';
import { messages, startWorkers, type WorkerService } from './start-workers.js';

/** On a busy machine, workers start slowly. */
const patient = { timeoutMs: 45_000 };

describeWith('redis')('the metrics of two workers', () => {
  let service: WorkerService;

  beforeAll(async () => {
    service = await startWorkers();
  });

  afterAll(async () => {
    await service.stop();
  });

  const lists = (metrics: Map<string, Family>) =>
    sumOf(metrics, 'http_request_duration_seconds_count', { route: '/products', method: 'GET' });
  const read = () => readMetrics(service.api.baseUrl);

  /**
   * Lists products over new connections until both workers have responded; returns the number of
   * requests.
   */
  async function listAtBoth(): Promise<number> {
    let sent = 0;
    await eventually(async () => {
      await send(service.api.baseUrl, { path: '/products' });
      sent++;
      const lines = messages(service.api, 'request').filter(({ path }) => path === '/products');
      const responded = new Set(lines.map(({ pid }) => pid));
      return service.workers().every((pid) => responded.has(pid));
    });
    return sent;
  }

  test('are the sum of both, whichever worker responds', async () => {
    const sent = await listAtBoth();
    for (let round = 0; round < 10; round++) {
      const metrics = await read();
      expect(lists(metrics)).toBe(sent);
      expect(sumOf(metrics, 'product_api_workers')).toBe(2);
      expect(sumOf(metrics, 'product_api_workers_missing')).toBe(0);
      expect(sumOf(metrics, 'product_api_build_info')).toBe(1);
    }
  });

  test('include the last values of a worker that hangs, and count it as missing', async () => {
    const sent = lists(await read());
    const [hanging] = service.workers();
    process.kill(hanging ?? 0, 'SIGSTOP');
    const startedAt = performance.now();
    const metrics = await read();
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(sumOf(metrics, 'product_api_workers_missing')).toBe(1);
    expect(lists(metrics)).toBe(sent);
    process.kill(hanging ?? 0, 'SIGCONT');
    await eventually(async () =>
      expect(sumOf(await read(), 'product_api_workers_missing')).toBe(0),
    );
  });

  test('do not decrease when a worker dies', async () => {
    await listAtBoth();
    const sent = lists(await read());
    const [killed] = service.workers();
    process.kill(killed ?? 0, 'SIGKILL');
    await eventually(async () => {
      const metrics = await read();
      expect(lists(metrics)).toBe(sent);
      expect(sumOf(metrics, 'product_api_worker_deaths_total')).toBe(1);
      expect(service.workers()).not.toContain(killed);
      expect(service.workers()).toHaveLength(2);
    }, patient);
  });

  test('do not decrease when the workers are restarted', async () => {
    const sent = lists(await read());
    service.api.kill('SIGHUP');
    await eventually(async () => {
      expect(lists(await read())).toBe(sent);
      expect(messages(service.api, 'all workers are restarted')).toHaveLength(1);
    }, patient);
  });
});
