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
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mouse } from './sample-product.js';

/**
 * The bound on most requests, in milliseconds: twice the time that Redis is given to answer, as a read may ask
 * it twice before the breaker opens, and the request's own time on a busy test machine.
 */
const usualMs = 100 + 100;

/** The bound on every request: no hang, however busy the machine is. */
const worstMs = 1500;

describeWith('redis')('Redis', () => {
  let redis: RedisServer;
  let api: RunningApi;

  beforeEach(async () => {
    redis = await startRedis();
    api = await startApi({ env: { REDIS_URL: redis.url } });
  });

  afterEach(async () => {
    await api.stop();
    await redis.stop();
  });

  const products = () => createClient({ baseUrl: api.baseUrl, retry: { limit: 0 } }).products;

  /** Reads and writes while Redis can't be used: every answer is right, and bounded in time. */
  async function useTheService() {
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
    expect(durations.at(-1)).toBeLessThan(worstMs);
    expect(durations[Math.floor(durations.length / 2)]).toBeLessThan(usualMs);
  }

  const cacheOf = async (id: string) => (await products().withEtag.get(id)).cache;
  const messages = () => api.logLines().map((line) => JSON.parse(line).msg as string);
  const count = (message: string) => messages().filter((each) => each === message).length;

  test.each(['SIGKILL', 'SIGSTOP'] as const)(
    '%s: requests go on, and what changed meanwhile is never served old',
    async (signal) => {
      const { id } = await products().create(mouse);
      expect([await cacheOf(id), await cacheOf(id)]).toEqual(['MISS', 'HIT']);

      await redis.kill(signal);
      await useTheService();
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
      await eventually(async () => (await readiness()).status === 'ok', { timeoutMs: 10_000 });
      expect((await products().get(id)).price).toBe(7);
      await eventually(async () => (await cacheOf(id)) === 'HIT');
      expect((await products().get(id)).price).toBe(7);
      expect(count('Redis is bypassed')).toBe(1);
      expect(api.logLines().filter((line) => /"status":5\d\d/.test(line))).toEqual([]);
    },
  );

  test('started late: the service is up before it, and uses it once it is there', async () => {
    await api.stop();
    await redis.kill('SIGKILL');
    api = await startApi({ env: { REDIS_URL: redis.url } });
    await useTheService();
    const { id } = await products().create(mouse);
    expect(await cacheOf(id)).toBe('BYPASS');

    await redis.restart();
    await eventually(async () => (await cacheOf(id)) === 'HIT', { timeoutMs: 10_000 });
    expect(count('Redis is in use')).toBe(1);
  });

  test('never there: the service works without it', async () => {
    await api.stop();
    api = await startApi({ env: { REDIS_URL: `redis://127.0.0.1:${await freePort()}` } });
    await useTheService();
    expect(await readiness()).toEqual({
      status: 'degraded',
      database: 'ok',
      cache: 'bypassed',
      reasons: [expect.stringContaining('ECONNREFUSED')],
    });
  });

  const readiness = () => createClient({ baseUrl: api.baseUrl }).health.ready();
});
