import { createClient } from '@product-api/client';
import {
  eventually,
  type RedisServer,
  type RunningApi,
  startApi,
  startRedis,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mouse } from './sample-product.js';

const PASSWORD = 'the-secret-word';

describeWith('redis')('the reason why Redis is not used', () => {
  let redis: RedisServer;
  let operator: Redis;
  let api: RunningApi | undefined;

  beforeEach(async () => {
    redis = await startRedis();
    operator = new Redis(redis.url);
    operator.on('error', () => undefined);
  });

  afterEach(async () => {
    await api?.stop();
    operator.disconnect();
    await redis.stop();
  });

  async function start(url: string, env: Record<string, string> = {}) {
    const started = await startApi({
      env: { REDIS_URL: url, REDIS_TIMEOUT_MS: '2000', ...env },
    });
    api = started;
    const client = createClient({ baseUrl: started.baseUrl, retry: { limit: 0 } });
    const lines = () => started.logLines().map((line) => JSON.parse(line));
    return {
      client,
      readiness: () => client.health.ready(),
      warnings: () => lines().filter(({ level }) => level === 'warn'),
      count: (message: string) => lines().filter(({ msg }) => msg === message).length,
      metric: async (name: string) =>
        new RegExp(`^${name} (\\S+)$`, 'm').exec(
          await (await fetch(`${started.baseUrl}/metrics`)).text(),
        )?.[1],
      text: () => started.logLines().join('\n'),
    };
  }

  test.each([
    [`shop:${PASSWORD}@`, '', 'rejected the login of the user "shop"'],
    [`:${PASSWORD}@`, '/16', 'no database 16'],
  ])('is logged once and in readiness, without a password: %s…%s', async (login, database, why) => {
    const url = redis.url.replace('redis://', `redis://${login}`) + database;
    const env = { LOG_LEVEL: 'debug' };
    const { client, readiness, warnings, text } = await start(url, env);
    const { id } = await client.products.create(mouse);
    expect((await client.products.withEtag.get(id)).cache).toBe('BYPASS');
    expect(await readiness()).toEqual({
      status: 'degraded',
      database: 'ok',
      cache: 'bypassed',
      reasons: [expect.stringContaining(why)],
    });
    await eventually(() => text().split('cannot be used').length > 1);
    expect(warnings()).toEqual([
      expect.objectContaining({
        msg: 'Redis cannot be used: serving from the database alone until it can',
        reason: expect.stringContaining(why),
        remedy: expect.any(String),
      }),
    ]);
    expect(text()).not.toContain(PASSWORD);
    expect(await operator.dbsize()).toBe(0);
  });

  test('names the user, the command and the key when a permission is revoked, each time', async () => {
    await operator.acl('SETUSER', 'shop', 'on', `>${PASSWORD}`, '~*', '&*', '+@all');
    const url = redis.url.replace('redis://', `redis://shop:${PASSWORD}@`);
    const { readiness, warnings, count, text } = await start(url);
    for (const times of [1, 2]) {
      expect(await readiness()).toMatchObject({ status: 'ok' });
      await operator.acl('SETUSER', 'shop', 'resetkeys', '~elsewhere:*');
      await eventually(async () => expect((await readiness()).cache).toBe('bypassed'));
      const { reasons } = await readiness();
      expect(reasons?.join()).toMatch(/user "shop" may not run \w+ on [\w:]*(product|cache):/);
      await eventually(() => count('Redis is bypassed') === times);
      await operator.acl('SETUSER', 'shop', 'allkeys');
      await eventually(async () => expect((await readiness()).status).toBe('ok'));
      await eventually(() => count('Redis is in use') === times + 1);
    }
    expect(warnings()).toContainEqual(
      expect.objectContaining({ remedy: expect.stringContaining('ACL SETUSER') }),
    );
    expect(text()).not.toContain(PASSWORD);
  });

  test('says that Redis is full, which is still read and invalidated, until it has space', async () => {
    const { client, readiness, warnings, count, metric } = await start(redis.url);
    const cacheOf = async (id: string) => (await client.products.withEtag.get(id)).cache;
    const { id } = await client.products.create(mouse);
    await cacheOf(id);
    expect(await cacheOf(id)).toBe('HIT');
    expect(await metric('product_api_cache_full')).toBe('0');

    await operator.config('SET', 'maxmemory', '1');
    await eventually(async () => expect((await readiness()).cache).toBe('full'));
    expect(await readiness()).toEqual({
      status: 'degraded',
      database: 'ok',
      cache: 'full',
      reasons: [expect.stringMatching(/no memory left.*maxmemory.*allkeys-lru/)],
    });
    expect(await metric('product_api_cache_full')).toBe('1');
    expect(await metric('product_api_cache_ready')).toBe('1');
    expect(await cacheOf(id)).toBe('HIT');
    await client.products.update(id, { price: 7 });
    expect((await client.products.get(id)).price).toBe(7);
    expect(await cacheOf(id)).toBe('BYPASS');
    await eventually(() => warnings().length > 0);
    expect(warnings()).toEqual([
      expect.objectContaining({
        msg: expect.stringContaining('Redis is full'),
        remedy: expect.stringContaining('allkeys-lru'),
      }),
    ]);

    await operator.config('SET', 'maxmemory', '0');
    await eventually(async () => expect((await readiness()).status).toBe('ok'), {
      timeoutMs: 10_000,
    });
    await cacheOf(id);
    expect(await cacheOf(id)).toBe('HIT');
    expect(await metric('product_api_cache_full')).toBe('0');
    await eventually(() => count('Redis takes new entries again') === 1);
  });

  test('says that Redis refuses all writes, and Redis is not read', async () => {
    const { client, readiness, count } = await start(redis.url);
    const { id } = await client.products.create(mouse);
    await operator.config('SET', 'min-replicas-to-write', '1');
    await eventually(async () => expect((await readiness()).cache).toBe('bypassed'));
    expect((await readiness()).reasons?.join()).toContain('min-replicas-to-write');
    expect((await client.products.get(id)).price).toBe(mouse.price);
    await eventually(() => count('Redis is bypassed') === 1);
    await operator.config('SET', 'min-replicas-to-write', '0');
    await eventually(async () => expect((await readiness()).status).toBe('ok'));
  });
});
