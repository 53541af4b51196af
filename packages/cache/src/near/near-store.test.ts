import { eventually } from '@product-api/testing';
import { describe, expect, it } from 'vitest';
import { bringNear, openNearTier, openNearTierByProxy } from '../../test/near-fixture.js';
import { connectOperator, sharedRedis } from '../../test/redis-fixture.js';
import { describeStore } from '../../test/store-suite.js';
import type { StoreEvent } from '../cache-event.js';
import type { CacheStore } from '../cache-store.js';
import { parseRedisUrl } from '../redis/parse-redis-url.js';
import { createNearStore, type NearStoreOptions } from './near-store.js';

const redis = sharedRedis();

describeStore('a near tier before Redis', async () => (await openNear()).near);

const openNear = (options?: Partial<NearStoreOptions>) => openNearTier(redis, options);
const openNearByProxy = (options?: Partial<NearStoreOptions>) =>
  openNearTierByProxy(redis, options);
const settle = (near: CacheStore, namespace: string, key: string) =>
  bringNear({ redis, near, namespace, key });

async function put(store: CacheStore, key: string, text: string, version = 1): Promise<void> {
  await store.readOrLease(key, `${key}${version}`, 5000);
  await store.fill(key, { token: `${key}${version}`, text, version, ttlMs: 60_000 });
}

function untilBackOn(events: StoreEvent[]) {
  return eventually(() =>
    expect(events).toMatchObject([{ state: 'on' }, { state: 'off' }, { state: 'on' }]),
  );
}

describe('a near tier', () => {
  it('asks Redis once for what is read again and again', async () => {
    const { namespace, near, far, farReads } = await openNear();
    await put(far, 'a', 'one');
    await put(far, 'b', 'two');
    await settle(near, namespace, 'a');
    const before = farReads();
    expect(await near.getMany(['b', 'a', 'none'])).toEqual(['two', 'one', undefined]);
    expect(farReads()).toBe(before + 2);
    expect(await near.get('a')).toBe('one');
    expect(farReads()).toBe(before + 2);
  });

  it('learns of a write by another process', async () => {
    const { namespace, near, far } = await openNear();
    await put(far, 'k', 'old');
    await settle(near, namespace, 'k');
    await far.invalidate('k', 2);
    await eventually(async () => expect(await near.get('k')).toBeUndefined());
  });

  it('learns of what an operator edits, of keys with any characters, and of FLUSHALL', async () => {
    const { namespace, near, far } = await openNear();
    for (const key of ['a,b', 'größe 🎧', 'c']) {
      await put(far, key, 'old');
      await settle(near, namespace, key);
    }
    await redis.operator.mset(`${namespace}a,b`, 'new', `${namespace}größe 🎧`, 'new');
    await eventually(async () => expect(await near.get('a,b')).toBe('new'));
    await eventually(async () => expect(await near.get('größe 🎧')).toBe('new'));
    expect(await near.get('c')).toBe('old');
    await redis.operator.flushall();
    await eventually(async () => expect(await near.get('c')).toBeUndefined());
  });

  it('shows a write of its own process at once, without a message', async () => {
    const { namespace, near, far, proxy } = await openNearByProxy();
    await put(far, 'k', 'old');
    await settle(near, namespace, 'k');
    proxy.stall();
    await near.invalidate('k', 2);
    expect(await near.get('k')).toBeUndefined();
    await put(near, 'k', 'new', 2);
    expect(await near.get('k')).toBe('new');
    await near.discard('k', 'new');
    expect(await near.get('k')).toBeUndefined();
  });

  it('keeps nothing that was read during a write of its own process', async () => {
    const { namespace, near, far, proxy, beforeInvalidation } = await openNearByProxy();
    await put(far, 'k', 'old');
    await settle(near, namespace, 'k');
    proxy.stall();
    beforeInvalidation(async () => expect(await near.get('k')).toBe('old'));
    await near.invalidate('k', 2);
    expect(await near.get('k')).toBeUndefined();
  });

  it('keeps nothing that was read before a message and came after it', async () => {
    const { namespace, near, far, farReads, holdFarReads } = await openNear();
    await put(far, 'k', 'old');
    await put(far, 'later', 'old');
    await settle(near, namespace, 'later');
    const release = holdFarReads();
    const before = farReads();
    const slow = near.get('k');
    await eventually(() => farReads() === before + 1);
    await far.get('k');
    await far.invalidate('k', 2);
    // Messages come in their order: when this one is here, the one before it is.
    await far.invalidate('later', 2);
    await eventually(() => {
      const before = farReads();
      void near.get('later');
      return farReads() > before;
    });
    release();
    expect(await slow).toBe('old');
    expect(await near.get('k')).toBeUndefined();
  });

  it('serves nothing older than the limit, whatever becomes of the messages', async () => {
    let time = 1;
    const { namespace, near, far, proxy } = await openNearByProxy({ now: () => time });
    await put(far, 'k', 'old');
    await settle(near, namespace, 'k');
    proxy.stall();
    await far.invalidate('k', 2);
    expect(await near.get('k')).toBe('old');
    time += 1000.1;
    expect(await near.get('k')).toBeUndefined();
  });

  it('is not used while the messages do not come', async () => {
    const { namespace, near, far, farReads, events, proxy } = await openNearByProxy();
    await put(far, 'k', 'old');
    await settle(near, namespace, 'k');
    proxy.cut();
    await eventually(() => expect(events.at(-1)).toMatchObject({ state: 'off' }));
    await put(far, 'other', 'one');
    const before = farReads();
    await near.get('other');
    await near.getMany(['other']);
    await near.get('other');
    expect(farReads()).toBe(before + 3);
  });

  it('comes back empty after messages were missed', async () => {
    const { namespace, near, far, events, proxy } = await openNearByProxy();
    await put(far, 'k', 'old');
    await settle(near, namespace, 'k');
    proxy.cut();
    await far.invalidate('k', 2);
    proxy.restore();
    await untilBackOn(events);
    expect(await near.get('k')).toBeUndefined();
    await put(far, 'k', 'new', 2);
    await settle(near, namespace, 'k');
    await far.invalidate('k', 3);
    await eventually(async () => expect(await near.get('k')).toBeUndefined());
  });

  it('finds out that its connection is dead', async () => {
    const { near, far, events, proxy } = await openNearByProxy();
    proxy.stall();
    await untilBackOn(events);
    await put(far, 'k', 'one');
    expect(await near.get('k')).toBe('one');
  });

  it('stays off, and out of the way, where Redis does not allow it', async () => {
    const operator = connectOperator(redis.url);
    await operator.acl(
      'SETUSER',
      'limited',
      'on',
      '>secret',
      '~*',
      '&*',
      '+@all',
      '-client|tracking',
    );
    const url = redis.url.replace('redis://', 'redis://limited:secret@');
    const { near, far, events, farReads } = await openNear({ address: parseRedisUrl(url) });
    expect(events).toEqual([
      {
        type: 'near-tier',
        state: 'off',
        failure: expect.objectContaining({ kind: 'not-permitted', command: 'CLIENT' }),
      },
    ]);
    await put(far, 'k', 'one');
    await near.get('k');
    await near.get('k');
    expect(farReads()).toBe(2);
  });

  it('takes no age above a second', async () => {
    const { far } = await openNear();
    const tooOld = { address: parseRedisUrl(redis.url), namespace: 'n', maxAgeMs: 1001 };
    expect(() => createNearStore(far, tooOld)).toThrow(RangeError);
  });
});
