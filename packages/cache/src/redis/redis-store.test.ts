import { describe, expect, test } from 'vitest';
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

  test('are the value with its time to live, and no fence after a fill', async () => {
    const { value, fence } = await openFilled();
    expect(await redis.operator.get(value)).toBe('v1');
    expect(await redis.operator.pttl(value)).toBeGreaterThan(59_000);
    expect(await redis.operator.pttl(value)).toBeLessThanOrEqual(60_000);
    expect(await redis.operator.exists(fence)).toBe(0);
  });

  test('include a fence that lives as long as its floor and its lease', async () => {
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

  test('stay usable after the scripts were flushed', async () => {
    const { store } = await openFilled();
    await redis.operator.script('FLUSH');
    expect(await store.readOrLease('k', 't', 5000)).toEqual({ kind: 'value', text: 'v1' });
  });

  test('are separate for each namespace', async () => {
    const { store } = await openFilled();
    const other = await openStore({ url: redis.url });
    expect(await other.get('k')).toBeUndefined();
    await other.invalidate('k', 9);
    expect(await store.get('k')).toBe('v1');
  });

  test('need a namespace that is not empty', () => {
    expect(() => makeStore({ url: redis.url, namespace: '' })).toThrow(TypeError);
  });
});

describe('a key that another program has changed', () => {
  const fill = { token: 't', text: 'v1', version: 1, ttlMs: 60_000 };

  test('is replaced if it is a value of another type', async () => {
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
  ])('does not harm %s if it is a fence of another type', async (_name, run, result) => {
    const namespace = freshNamespace();
    const store = await openStore({ url: redis.url, namespace });
    await redis.operator.lpush(`fence:{${namespace}k}`, 'not', 'a', 'text');
    expect(await run(store)).toEqual(result);
    expect(store.state()).toBe('ready');
  });

  test.each(['nonsense', 'high soon x', 'more words than a fence has', ''])(
    'counts as an empty fence if its text is invalid: "%s"',
    async (nonsense) => {
      const namespace = freshNamespace();
      const store = await openStore({ url: redis.url, namespace });
      await redis.operator.set(`fence:{${namespace}k}`, nonsense);
      expect(await store.readOrLease('k', 't', 5000)).toEqual({ kind: 'leased' });
      expect(await store.fill('k', fill)).toBe('filled');
      expect(await redis.operator.exists(`fence:{${namespace}k}`)).toBe(0);
    },
  );

  test('can be discarded if its bytes are not UTF-8', async () => {
    const namespace = freshNamespace();
    const store = await openStore({ url: redis.url, namespace });
    await redis.operator.set(`${namespace}k`, Buffer.from([0x7b, 0xff, 0xfe]));
    const text = await store.get('k');
    await store.discard('k', text ?? '');
    expect(await redis.operator.exists(`${namespace}k`)).toBe(0);
  });
});
