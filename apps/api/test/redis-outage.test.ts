import { createClient } from '@product-api/client';
import {
  eventually,
  freePort,
  type RedisServer,
  type RunningApi,
  startApi,
  startRedis,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mouse } from './sample-product.js';

/**
 * The limit for the median request in milliseconds: twice REDIS_TIMEOUT_MS, as a read may try Redis
 * twice before the circuit breaker opens, and the request's own time on a busy machine.
 */
const MAX_MEDIAN_MS = 100 + 100;

/** The limit for every request in milliseconds: no request hangs, however busy the machine is. */
const MAX_MS = 1500;

describeWith('redis')('a Redis outage', () => {
  let redis: RedisServer;
  let api: RunningApi;

  beforeAll(async () => {
    redis = await startRedis();
  });

  afterAll(() => redis.stop());

  const products = () => createClient({ baseUrl: api.baseUrl, retry: { limit: 0 } }).products;

  /** Reads and writes without Redis: every response is correct, and in time. */
  async function useService() {
    const durations: number[] = [];
    const timed = async <T>(work: Promise<T>): Promise<T> => {
      const startedAt = performance.now();
      return work.finally(() => durations.push(performance.now() - startedAt));
    };
    const { id } = await timed(products().create(mouse));
    for (const price of [1, 2, 3, 4, 5]) {
      await timed(products().update(id, { price }));
      expect(await timed(products().get(id))).toEqual({ id, ...mouse, price });
    }
    await timed(products().delete(id));
    await expect(timed(products().get(id))).rejects.toMatchObject({ status: 404 });
    durations.sort((a, b) => a - b);
    expect(durations.at(-1)).toBeLessThan(MAX_MS);
    expect(durations[Math.floor(durations.length / 2)]).toBeLessThan(MAX_MEDIAN_MS);
  }

  const cacheOf = async (id: string) => (await products().withEtag.get(id)).cache;
  const messages = () => api.logLines().map((line) => JSON.parse(line).msg as string);
  const count = (message: string) => messages().filter((each) => each === message).length;

  const readiness = () => createClient({ baseUrl: api.baseUrl }).health.ready();

  describe('while the service runs', () => {
    beforeAll(async () => {
      api = await startApi({ env: { REDIS_URL: redis.url } });
    });

    afterAll(() => api.stop());

    test.each(['SIGKILL', 'SIGSTOP'] as const)(
      '%s: requests succeed, and no read returns a value from before the outage',
      async (signal) => {
        const bypassed = count('Redis is bypassed');
        const { id } = await products().create(mouse);
        expect([await cacheOf(id), await cacheOf(id)]).toEqual(['MISS', 'HIT']);

        await redis.kill(signal);
        await useService();
        await products().update(id, { price: 7 });
        expect(await products().withEtag.get(id)).toMatchObject({
          cache: 'BYPASS',
          product: { price: 7 },
        });
        await eventually(async () => (await readiness()).status === 'degraded');

        if (signal === 'SIGSTOP') {
          await redis.kill('SIGCONT');
        } else {
          await redis.restart();
        }
        await eventually(async () => (await readiness()).status === 'ok', { timeoutMs: 30_000 });
        expect((await products().get(id)).price).toBe(7);
        await eventually(async () => (await cacheOf(id)) === 'HIT');
        expect((await products().get(id)).price).toBe(7);
        expect(count('Redis is bypassed')).toBe(bypassed + 1);
        expect(api.logLines().filter((line) => /"status":5\d\d/.test(line))).toEqual([]);
      },
    );
  });

  describe('from the start', () => {
    afterEach(() => api.stop());

    test('the service starts without Redis, and uses it once it is there', async () => {
      await redis.kill('SIGKILL');
      api = await startApi({ env: { REDIS_URL: redis.url } });
      await useService();
      const { id } = await products().create(mouse);
      expect(await cacheOf(id)).toBe('BYPASS');

      await redis.restart();
      await eventually(async () => (await cacheOf(id)) === 'HIT', { timeoutMs: 30_000 });
      expect(count('Redis is in use')).toBe(1);
    });

    test('the service works without Redis, and readiness says so', async () => {
      api = await startApi({ env: { REDIS_URL: `redis://127.0.0.1:${await freePort()}` } });
      await useService();
      expect(await readiness()).toEqual({
        status: 'degraded',
        database: 'ok',
        cache: 'bypassed',
        reasons: [expect.stringContaining('ECONNREFUSED')],
      });
    });
  });
});
