import { randomUUID } from 'node:crypto';
import {
  eventually,
  type RedisServer,
  type RunningApi,
  startApi,
  startRedis,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { converse, responsesIn } from '../raw-connection.js';
import { UNKNOWN_ID } from '../sample-product.js';
import { startWorkers, type WorkerService } from '../start-workers.js';
import { clientAt } from './limited-client.js';

/** Units that are not refilled during a test, and the most that a process uses unreported. */
const QUOTA = 200;
const UNREPORTED = QUOTA / 50;

/** The limit for every request in milliseconds: no request hangs, however busy the machine is. */
const MAX_MS = 1500;

/** The limit for the median of single requests: three times `REDIS_TIMEOUT_MS`, and more. */
const MAX_MEDIAN_MS = 250;

const READ = `/products/${UNKNOWN_ID}`;
const RATE_LIMITS = `read=${QUOTA}/24h, write=10000/24h, bulk=5/24h`;

/** Reads `count` times as one client, ten at a time, at these services in turn. */
async function readMany(
  baseUrls: readonly string[],
  address: string,
  count: number,
): Promise<number[]> {
  const statuses: number[] = [];
  let sent = 0;
  const readInTurn = async () => {
    while (sent < count) {
      const baseUrl = baseUrls[sent++ % baseUrls.length] ?? '';
      statuses.push((await clientAt(baseUrl, address).get(READ)).status);
    }
  };
  await Promise.all(Array.from({ length: 10 }, readInTurn));
  return statuses;
}

/** Reads some times, one after the other. Returns the durations in milliseconds, sorted. */
async function timeReads(baseUrl: string, address: string): Promise<number[]> {
  const durations: number[] = [];
  for (let read = 0; read < 15; read++) {
    const startedAt = performance.now();
    await clientAt(baseUrl, address).get(READ);
    durations.push(performance.now() - startedAt);
  }
  return durations.sort((a, b) => a - b);
}

const servedOf = (statuses: readonly number[]) =>
  statuses.filter((status) => status !== 429).length;

describeWith('redis')('limits in a shared Redis', () => {
  let redis: RedisServer;
  let operator: Redis;
  let service: WorkerService;
  let otherHost: RunningApi;
  let baseUrls: readonly string[];

  beforeAll(async () => {
    redis = await startRedis();
    operator = new Redis(redis.url);
    const env = {
      ...{ REDIS_URL: redis.url, RATE_LIMITS, TRUST_PROXY: '1', LOG_LEVEL: 'info' },
      // Without polls of the change log, whose scripts would count too.
      CACHE_POLL_MS: '600000',
    };
    service = await startWorkers(env);
    otherHost = await startApi({ env: { ...service.env, ...env, WORKERS: '1' } });
    baseUrls = [service.api.baseUrl, otherHost.baseUrl];
  });

  afterAll(async () => {
    await otherHost.stop();
    await service.stop();
    operator.disconnect();
    await redis.stop();
  });

  test('two workers and another host share a quota, within the bound', async () => {
    const served = servedOf(await readMany(baseUrls, '198.51.100.1', 2 * QUOTA));
    expect(served).toBeGreaterThanOrEqual(QUOTA);
    expect(served).toBeLessThanOrEqual(QUOTA + 3 * UNREPORTED);
    const again = await readMany(baseUrls, '198.51.100.1', 60);
    expect(servedOf(again)).toBe(0);
  });

  test('a small quota is shared exactly', async () => {
    const body = { ids: [randomUUID()] };
    const statuses = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const client = clientAt(baseUrls[index % 2] ?? '', '198.51.100.2');
        return (await client.post('/products/batch-get', body)).status;
      }),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
  });

  test('a faulty body near the limit, whose response is sent while Redis is asked', async () => {
    const address = '198.51.100.5';
    const broken =
      `POST /products/batch-get HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${address}\r\n` +
      'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n';
    for (let unit = 0; unit < 5; unit++) {
      const [response] = responsesIn(await converse(otherHost.baseUrl, broken));
      expect(response).toMatchObject({ status: 400 });
    }
    const { post } = clientAt(otherHost.baseUrl, address);
    expect(await post('/products/batch-get', { ids: [randomUUID()] })).toMatchObject({
      status: 429,
    });
  });

  test('most requests are counted without asking Redis', async () => {
    const { post } = clientAt(otherHost.baseUrl, '198.51.100.3');
    await operator.config('RESETSTAT');
    for (let write = 0; write < 100; write++) {
      expect(await post('/products', {})).toMatchObject({ status: 400 });
    }
    const stats = await operator.info('commandstats');
    const scripts = Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1]);
    expect(scripts).toBeGreaterThan(0);
    expect(scripts).toBeLessThan(10);
  });

  test('FLUSHALL gives at most one more quota', async () => {
    const address = '198.51.100.4';
    await readMany(baseUrls, address, QUOTA + 100);
    await operator.flushall();
    const served = servedOf(await readMany(baseUrls, address, QUOTA + 200));
    expect(served).toBeLessThanOrEqual(QUOTA + 3 * UNREPORTED);
  });
});

describeWith('redis')('limits while Redis is out', () => {
  test.each(['SIGKILL', 'SIGSTOP'] as const)(
    '%s: requests go on, limited in the process, and are limited together again',
    async (signal) => {
      const redis = await startRedis();
      onTestFinished(() => redis.stop());
      const api = await startApi({
        env: { REDIS_URL: redis.url, RATE_LIMITS, TRUST_PROXY: '1', LOG_LEVEL: 'info' },
      });
      onTestFinished(() => api.stop());
      const one = [api.baseUrl];
      await readMany(one, '198.51.100.1', QUOTA - 100);

      const during = readMany(one, '198.51.100.1', QUOTA);
      await redis.kill(signal);
      const durations = await timeReads(api.baseUrl, '198.51.100.4');
      const continued = await during;
      const others = await readMany(one, '198.51.100.2', QUOTA + 100);
      expect(servedOf(continued)).toBeLessThanOrEqual(100 + UNREPORTED);
      expect(servedOf(others)).toBeLessThanOrEqual(QUOTA + UNREPORTED);
      expect(servedOf(others)).toBeGreaterThanOrEqual(QUOTA - UNREPORTED);
      expect([...continued, ...others].filter((status) => status >= 500)).toEqual([]);
      expect(durations.at(-1)).toBeLessThan(MAX_MS);
      expect(durations[Math.floor(durations.length / 2)]).toBeLessThan(MAX_MEDIAN_MS);

      if (signal === 'SIGSTOP') {
        await redis.kill('SIGCONT');
      } else {
        await redis.restart();
      }
      await eventually(
        async () =>
          (await fetch(`${api.baseUrl}/health/ready`))
            .text()
            .then((text) => text.includes('"status":"ok"')),
        { timeoutMs: 30_000 },
      );
      const after = await readMany(one, '198.51.100.2', 100);
      expect(servedOf(after)).toBe(0);
      const fresh = await readMany(one, '198.51.100.3', QUOTA + 100);
      expect(servedOf(fresh)).toBeGreaterThanOrEqual(QUOTA / 2);
      expect(servedOf(fresh)).toBeLessThanOrEqual(QUOTA + UNREPORTED);
      const operator = new Redis(redis.url);
      onTestFinished(() => operator.disconnect());
      expect(await operator.exists('limits:read:198.51.100.3')).toBe(1);
    },
  );
});
