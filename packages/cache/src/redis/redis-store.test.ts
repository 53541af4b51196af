import { describe, expect, it as test } from 'vitest';
import { freshNamespace, makeStore, openStore, sharedRedis } from '../../test/redis-fixture.js';
import { describeStore } from '../../test/store-suite.js';
import type { CacheStore } from '../store/cache-store.js';

const redis = sharedRedis();

describeStore('a Redis store', () => openStore({ url: redis.url }));

describe('the keys in Redis', () => {
  async function openFilled() {
    const namespace = freshNamespace();
    const store = await openStore({ url: redis.url, namespace });
    await store.readOrLease('k', 't', 5000);
    await store.fill('k', { token: 't', text: 'v1', version: 1, ttlMs: 60_000 });
    return { store, value: `${namespace}k`, fence: `fence:{${namespace}k}` };
  }

  test('holds the plain text under the namespace, for its life, and no fence without need', async () => {
    const { value, fence } = await openFilled();
    expect(await redis.operator.get(value)).toBe('v1');
    expect(await redis.operator.pttl(value)).toBeGreaterThan(59_000);
    expect(await redis.operator.pttl(value)).toBeLessThanOrEqual(60_000);
    expect(await redis.operator.exists(fence)).toBe(0);
  });

  test('lets a fence live as long as its floor, and at least as long as its lease', async () => {
    const { store, value, fence } = await openFilled();
    await store.invalidate('k', 2);
    expect(await redis.operator.exists(value)).toBe(0);
    expect(await redis.operator.get(fence)).toBe('2');
    expect(await redis.operator.pttl(fence)).toBeGreaterThan(59_000);
    await store.readOrLease('k', 't', 5000);
    expect(await redis.operator.pttl(fence)).toBeGreaterThan(59_000);
    await store.readOrLease('other', 't', 5000);
    const other = fence.replace(/k}$/, 'other}');
    expect(await redis.operator.pttl(other)).toBeGreaterThan(4000);
    expect(await redis.operator.pttl(other)).toBeLessThanOrEqual(5000);
  });

  test('goes on after the scripts were flushed', async () => {
    const { store } = await openFilled();
    await redis.operator.script('FLUSH');
    expect(await store.readOrLease('k', 't', 5000)).toEqual({ kind: 'value', text: 'v1' });
  });

  test('keeps namespaces apart', async () => {
    const { store } = await openFilled();
    const other = await openStore({ url: redis.url });
    expect(await other.get('k')).toBeUndefined();
    await other.invalidate('k', 9);
    expect(await store.get('k')).toBe('v1');
  });

  test('refuses an empty namespace', () => {
    expect(() => makeStore({ url: redis.url, namespace: '' })).toThrow(TypeError);
  });
});

describe('keys that somebody else has changed', () => {
  const fill = { token: 't', text: 'v1', version: 1, ttlMs: 60_000 };

  test('repairs a value of another type', async () => {
    const namespace = freshNamespace();
    const store = await openStore({ url: redis.url, namespace });
    await redis.operator.lpush(`${namespace}k`, 'not', 'a', 'string');
    expect(await store.get('k')).toBeUndefined();
    expect(await store.readOrLease('k', 't', 5000)).toEqual({ kind: 'leased' });
    expect(await store.fill('k', fill)).toBe('filled');
    expect(await store.get('k')).toBe('v1');
  });

  test.each<[string, (store: CacheStore) => Promise<unknown>, unknown]>([
    ['READ-OR-LEASE', (store) => store.readOrLease('k', 't', 5000), { kind: 'leased' }],
    ['FILL', (store) => store.fill('k', fill), 'refused'],
    ['RELEASE', (store) => store.release('k', 't'), false],
    ['INVALIDATE', (store) => store.invalidate('k', 1), 'applied'],
  ])('survives a fence of another type at %s', async (_name, run, answer) => {
    const namespace = freshNamespace();
    const store = await openStore({ url: redis.url, namespace });
    await redis.operator.lpush(`fence:{${namespace}k}`, 'not', 'a', 'text');
    expect(await run(store)).toEqual(answer);
    expect(store.state()).toBe('ready');
  });

  test.each(['nonsense', 'high soon x', 'more words than a fence has', ''])(
    'takes a fence with nonsense in it for an empty one: "%s"',
    async (nonsense) => {
      const namespace = freshNamespace();
      const store = await openStore({ url: redis.url, namespace });
      await redis.operator.set(`fence:{${namespace}k}`, nonsense);
      expect(await store.readOrLease('k', 't', 5000)).toEqual({ kind: 'leased' });
      expect(await store.fill('k', fill)).toBe('filled');
      expect(await redis.operator.exists(`fence:{${namespace}k}`)).toBe(0);
    },
  );

  test('discards bytes that are not UTF-8', async () => {
    const namespace = freshNamespace();
    const store = await openStore({ url: redis.url, namespace });
    await redis.operator.set(`${namespace}k`, Buffer.from([0x7b, 0xff, 0xfe]));
    const text = await store.get('k');
    await store.discard('k', text ?? '');
    expect(await redis.operator.exists(`${namespace}k`)).toBe(0);
  });
});
