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
import { MOUSE } from './sample-product.js';

/** What a request may take beyond its usual time, in milliseconds, when Redis is first found missing. */
const EXTRA_MS = 100;

/** What a request to an idle service on a busy test machine may take by itself. */
const USUAL_MS = 150;

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

  async function timed<T>(work: Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const result = await work;
    expect(performance.now() - startedAt).toBeLessThan(USUAL_MS + EXTRA_MS);
    return result;
  }

  /** Reads and writes while Redis can't be used: every answer is right, and bounded in time. */
  async function useTheService() {
    const { id } = await timed(products().create(MOUSE));
    for (const price of [1, 2, 3, 4, 5]) {
      await timed(products().update(id, { price }));
      expect(await timed(products().get(id))).toEqual({ id, ...MOUSE, price });
    }
    await timed(products().delete(id));
    await expect(timed(products().get(id))).rejects.toMatchObject({ status: 404 });
  }

  const cacheOf = async (id: string) => (await products().withEtag.get(id)).cache;
  const messages = () => api.logLines().map((line) => JSON.parse(line).msg as string);
  const count = (message: string) => messages().filter((each) => each === message).length;

  test.each(['SIGKILL', 'SIGSTOP'] as const)(
    '%s: requests go on, and what changed meanwhile is never served old',
    async (signal) => {
      const { id } = await products().create(MOUSE);
      expect([await cacheOf(id), await cacheOf(id)]).toEqual(['MISS', 'HIT']);

      await redis.kill(signal);
      await useTheService();
      await timed(products().update(id, { price: 7 }));
      expect(await timed(products().withEtag.get(id))).toMatchObject({
        cache: 'BYPASS',
        product: { price: 7 },
      });
      await eventually(async () => (await readiness()).status === 'degraded');

      if (signal === 'SIGSTOP') await redis.kill('SIGCONT');
      else await redis.restart();
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
    const { id } = await products().create(MOUSE);
    expect(await cacheOf(id)).toBe('BYPASS');

    await redis.restart();
    await eventually(async () => (await cacheOf(id)) === 'HIT', { timeoutMs: 10_000 });
    expect(count('Redis is in use')).toBe(1);
  });

  test('never there: the service works without it', async () => {
    await api.stop();
    api = await startApi({ env: { REDIS_URL: `redis://127.0.0.1:${await freePort()}` } });
    await useTheService();
    expect(await readiness()).toEqual({ status: 'degraded', database: 'ok', cache: 'bypassed' });
  });

  const readiness = () => createClient({ baseUrl: api.baseUrl }).health.ready();
});
