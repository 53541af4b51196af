import { randomUUID } from 'node:crypto';
import { createClient } from '@product-api/client';
import { eventually, type RedisServer, startApi, startRedis } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mouse } from './sample-product.js';

/** The commands that the service's Redis user needs, as documented. */
const COMMANDS =
  '+info +get +getrange +mget +set +del +unlink +strlen +pttl +pexpire +time +scan +eval +evalsha +select';

/** Several services start in a test. */
const TEST_TIMEOUT_MS = 60_000;

describeWith('redis')('CACHE_NAMESPACE', () => {
  let redis: RedisServer;
  let operator: Redis;
  const stops: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    redis = await startRedis();
    operator = new Redis(redis.url);
  });

  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    operator.disconnect();
    await redis.stop();
  });

  async function start(env: Record<string, string>) {
    const api = await startApi({ env: { REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '500', ...env } });
    stops.push(() => api.stop());
    const { products, health } = createClient({ baseUrl: api.baseUrl, retry: { limit: 0 } });
    await eventually(async () => (await health.ready()).cache === 'ok', { timeoutMs: 20_000 });
    return { products, cacheOf: async (id: string) => (await products.withEtag.get(id)).cache };
  }

  test(
    'a Redis user with access to its keys and the documented commands is enough',
    async () => {
      const limits = ['reset', 'on', '>secret', '~shop:*', ...COMMANDS.split(' ')];
      await operator.acl('SETUSER', 'shop', ...limits);
      // Entries of an unknown database make the service clear the namespace first.
      await operator.set('shop:cache:applied', 'unknown 1 -');
      const leftover = `shop:product:${randomUUID()}`;
      await operator.mset(leftover, '{}', `shop:fence:{${leftover}}`, '1');
      const { products, cacheOf } = await start({
        REDIS_URL: redis.url.replace('//', '//shop:secret@'),
        CACHE_NAMESPACE: 'shop:',
      });
      expect(await operator.exists(leftover, `shop:fence:{${leftover}}`)).toBe(0);
      const { id } = await products.create(mouse);
      expect([await cacheOf(id), await cacheOf(id)]).toEqual(['MISS', 'HIT']);
      await products.update(id, { price: 7 });
      expect((await products.get(id)).price).toBe(7);
      await operator.set(`shop:product:${id}`, 'not a product');
      await eventually(async () => expect((await products.get(id)).price).toBe(7));
      await products.delete(id);
      expect(await operator.acl('LOG')).toEqual([]);
      expect(await operator.keys('*')).toEqual(await operator.keys('shop:*'));
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'is the prefix of every key',
    async () => {
      const [named, unnamed] = await Promise.all([
        start({ CACHE_NAMESPACE: 'shop:' }),
        start({ CACHE_NAMESPACE: '' }),
      ]);
      for (const [{ products }, prefix] of [
        [named, 'shop:'],
        [unnamed, ''],
      ] as const) {
        const { id } = await products.create(mouse);
        await products.update(id, { price: 7 });
        await products.get(id);
        const own = [
          'cache:applied',
          'cache:owner',
          `product:${id}`,
          `fence:{${prefix}product:${id}}`,
        ];
        expect(await operator.exists(...own.map((key) => `${prefix}${key}`))).toBe(own.length);
      }
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'an empty namespace is cleared without the keys of other namespaces',
    async () => {
      const names = ['product:', 'product:product:', 'cache:'];
      const others = await Promise.all(names.map((name) => start({ CACHE_NAMESPACE: name })));
      const ids = await Promise.all(
        others.map(async ({ products, cacheOf }) => {
          const { id } = await products.create(mouse);
          await products.update(id, { price: 7 });
          await cacheOf(id);
          return id;
        }),
      );
      const before = await operator.keys('*');
      const key = `product:${randomUUID()}`;
      await operator.mset('cache:applied', 'unknown 1 -', key, '{}', `fence:{${key}}`, '1');
      await start({ CACHE_NAMESPACE: '' });
      expect(await operator.exists(key, `fence:{${key}}`)).toBe(0);
      expect(await operator.exists(...before)).toBe(before.length);
      const found = others.map(({ cacheOf }, index) => cacheOf(ids[index] ?? ''));
      expect(await Promise.all(found)).toEqual(names.map(() => 'HIT'));
    },
    TEST_TIMEOUT_MS,
  );
});
