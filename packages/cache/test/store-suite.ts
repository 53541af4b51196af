import { eventually } from '@product-api/testing';
import { beforeEach, describe, expect, it as test } from 'vitest';
import type { CacheStore } from '../src/index.js';

const leaseMs = 5000;

/** The behaviour that every store has; `open` answers a ready, empty store that the test may use. */
export function describeStore(name: string, open: () => Promise<CacheStore>): void {
  describe(name, () => {
    let store: CacheStore;

    beforeEach(async () => {
      store = await open();
    });

    async function put(key: string, text: string, version = 1, ttlMs = 60_000): Promise<void> {
      expect(await store.readOrLease(key, 'put', leaseMs)).toEqual({ kind: 'leased' });
      expect(await store.fill(key, { token: 'put', text, version, ttlMs })).toBe('filled');
    }

    function fill(token: string, version: number, text = `v${version}`) {
      return store.fill('k', { token, text, version, ttlMs: 60_000 });
    }

    function toRefresh(token: string, withinMs: number) {
      return store.leaseToRefresh('k', { token, leaseMs, withinMs });
    }

    test('knows nothing at first and is ready', async () => {
      expect(await store.get('k')).toBeUndefined();
      expect(store.state()).toBe('ready');
    });

    test('keeps the text of a fill, byte for byte', async () => {
      const text = '{"name":"Größe 🎧","empty":""}';
      await put('k', text);
      expect(await store.get('k')).toBe(text);
      expect(await store.readOrLease('k', 't', leaseMs)).toEqual({ kind: 'value', text });
    });

    test('forgets a text when its life ends', async () => {
      await put('k', 'short', 1, 30);
      await eventually(async () => expect(await store.get('k')).toBeUndefined());
    });

    test('gives the lease to one reader; the others wait', async () => {
      expect(await store.readOrLease('k', 'a', leaseMs)).toEqual({ kind: 'leased' });
      expect(await store.readOrLease('k', 'b', leaseMs)).toEqual({ kind: 'wait' });
      expect(await store.readOrLease('other', 'c', leaseMs)).toEqual({ kind: 'leased' });
    });

    test('refuses a fill without a lease', async () => {
      expect(await fill('never leased', 1)).toBe('refused');
      expect(await store.get('k')).toBeUndefined();
    });

    test('refuses a second fill under one lease', async () => {
      await put('k', 'v1');
      expect(await fill('put', 2)).toBe('refused');
      expect(await store.get('k')).toBe('v1');
    });

    test('gives the lease to the next reader when its time is over', async () => {
      await store.readOrLease('k', 'dead', 40);
      await eventually(async () =>
        expect(await store.readOrLease('k', 'next', leaseMs)).toEqual({ kind: 'leased' }),
      );
      expect(await fill('dead', 1)).toBe('refused');
      expect(await fill('next', 1)).toBe('filled');
    });

    test('lets a lease end by itself although a floor is remembered for longer', async () => {
      await store.invalidate('k', 3);
      await store.readOrLease('k', 'dead', 40);
      await eventually(async () =>
        expect(await store.readOrLease('k', 'next', leaseMs)).toEqual({ kind: 'leased' }),
      );
      expect(await fill('next', 2)).toBe('refused');
    });

    test('gives a released lease to the next reader', async () => {
      await store.readOrLease('k', 'a', leaseMs);
      expect(await store.release('k', 'a')).toBe(true);
      expect(await store.readOrLease('k', 'b', leaseMs)).toEqual({ kind: 'leased' });
      expect(await store.release('k', 'a')).toBe(false);
      expect(await fill('b', 1)).toBe('filled');
    });

    test('removes the value at an invalidation', async () => {
      await put('k', 'v1');
      expect(await store.invalidate('k', 2)).toBe('applied');
      expect(await store.get('k')).toBeUndefined();
    });

    test('refuses the fill of a reader whose lease was there before an invalidation', async () => {
      await store.readOrLease('k', 'slow', leaseMs);
      await store.invalidate('k', 2);
      expect(await fill('slow', 2)).toBe('refused');
      expect(await store.readOrLease('k', 'next', leaseMs)).toEqual({ kind: 'leased' });
    });

    test('tells a reader at its release that an invalidation took its lease', async () => {
      await store.readOrLease('k', 'slow', leaseMs);
      await store.invalidate('k', 2);
      expect(await store.release('k', 'slow')).toBe(false);
    });

    test('refuses a version below the floor and ends its lease', async () => {
      await store.invalidate('k', 2);
      await store.readOrLease('k', 'a', leaseMs);
      expect(await fill('a', 1)).toBe('refused');
      expect(await store.readOrLease('k', 'b', leaseMs)).toEqual({ kind: 'leased' });
      expect(await fill('b', 2)).toBe('filled');
    });

    test('reads many keys in their order', async () => {
      await put('a', 'one');
      await put('c', 'three');
      expect(await store.getMany(['c', 'b', 'a', 'c'])).toEqual([
        'three',
        undefined,
        'one',
        'three',
      ]);
    });

    test('gives a lease to refresh a text that is about to expire, and keeps the text', async () => {
      await put('k', 'v1', 1, 30_000);
      expect(await toRefresh('a', 30_000)).toEqual({ kind: 'leased' });
      expect(await toRefresh('b', 30_000)).toEqual({ kind: 'wait' });
      expect(await store.get('k')).toBe('v1');
      expect(await fill('a', 2)).toBe('filled');
      expect(await store.get('k')).toBe('v2');
      expect(await toRefresh('c', 30_000)).toMatchObject({ kind: 'fresh' });
    });

    test('says how long a text lives that is not yet to be refreshed', async () => {
      await put('k', 'v1', 1, 30_000);
      const answer = await toRefresh('a', 1000);
      expect(answer).toEqual({ kind: 'fresh', expiresInMs: expect.any(Number) });
      const life = answer.kind === 'fresh' ? answer.expiresInMs : 0;
      expect(life).toBeGreaterThan(25_000);
      expect(life).toBeLessThanOrEqual(30_000);
      expect(await store.release('k', 'a')).toBe(false);
    });

    test('gives no lease to refresh what is not there', async () => {
      expect(await toRefresh('a', 1000)).toEqual({ kind: 'absent' });
      expect(await store.readOrLease('k', 'b', leaseMs)).toEqual({ kind: 'leased' });
    });

    test('refuses the fill of a refresh that an invalidation overtook', async () => {
      await put('k', 'v1', 1, 30_000);
      await toRefresh('slow', 30_000);
      await store.invalidate('k', 2);
      expect(await fill('slow', 2)).toBe('refused');
      expect(await store.get('k')).toBeUndefined();
    });

    test('keeps the floor through a fill, a late invalidation and a repeated one', async () => {
      await store.invalidate('k', 5);
      await store.readOrLease('k', 'a', leaseMs);
      await fill('a', 5);
      await store.invalidate('k', 3);
      await store.invalidate('k', 3);
      await store.readOrLease('k', 'b', leaseMs);
      expect(await fill('b', 4)).toBe('refused');
    });

    test('compares versions exactly up to the largest safe integer', async () => {
      await store.invalidate('k', Number.MAX_SAFE_INTEGER);
      await store.readOrLease('k', 'a', leaseMs);
      expect(await fill('a', Number.MAX_SAFE_INTEGER - 1)).toBe('refused');
      await store.readOrLease('k', 'b', leaseMs);
      expect(await fill('b', Number.MAX_SAFE_INTEGER)).toBe('filled');
    });

    test('discards only the text that was seen', async () => {
      await put('k', 'repaired');
      await store.discard('k', 'damaged');
      expect(await store.get('k')).toBe('repaired');
      await store.discard('k', 'repaired');
      expect(await store.get('k')).toBeUndefined();
    });

    test('keeps keys apart', async () => {
      await put('k', 'one');
      await put('k:2', 'two');
      await store.invalidate('k', 2);
      expect(await store.get('k:2')).toBe('two');
    });
  });
}
