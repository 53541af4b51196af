import { eventually } from '@product-api/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CacheStore } from '../src/index.js';

const LEASE_MS = 5000;

/** Tests the behaviour that every store must have; `open` returns a ready, empty store. */
export function describeStore(name: string, open: () => Promise<CacheStore>): void {
  describe(name, () => {
    let store: CacheStore;

    beforeEach(async () => {
      store = await open();
    });

    async function put(key: string, text: string, version = 1, ttlMs = 60_000): Promise<void> {
      expect(await store.readOrLease(key, 'put', LEASE_MS)).toEqual({ kind: 'leased' });
      expect(await store.fill(key, { token: 'put', text, version, ttlMs })).toBe('filled');
    }

    function fill(token: string, version: number, text = `v${version}`) {
      return store.fill('k', { token, text, version, ttlMs: 60_000 });
    }

    function toRefresh(token: string, withinMs: number) {
      return store.leaseToRefresh('k', { token, leaseMs: LEASE_MS, withinMs });
    }

    test('is empty and ready at first', async () => {
      expect(await store.get('k')).toBeUndefined();
      expect(store.state()).toBe('ready');
    });

    test('stores the text of a fill byte for byte', async () => {
      const text = '{"name":"Größe 🎧","empty":""}';
      await put('k', text);
      expect(await store.get('k')).toBe(text);
      expect(await store.readOrLease('k', 't', LEASE_MS)).toEqual({ kind: 'value', text });
    });

    test('removes a text when its time to live ends', async () => {
      await put('k', 'short', 1, 30);
      await eventually(async () => expect(await store.get('k')).toBeUndefined());
    });

    test('leases a key to one reader while the others wait', async () => {
      expect(await store.readOrLease('k', 'a', LEASE_MS)).toEqual({ kind: 'leased' });
      expect(await store.readOrLease('k', 'b', LEASE_MS)).toEqual({ kind: 'wait' });
      expect(await store.readOrLease('other', 'c', LEASE_MS)).toEqual({ kind: 'leased' });
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

    test('leases a key to the next reader after a lease expired', async () => {
      await store.readOrLease('k', 'dead', 40);
      await eventually(async () =>
        expect(await store.readOrLease('k', 'next', LEASE_MS)).toEqual({ kind: 'leased' }),
      );
      expect(await fill('dead', 1)).toBe('refused');
      expect(await fill('next', 1)).toBe('filled');
    });

    test('lets a lease expire before the floor of the same key', async () => {
      await store.invalidate('k', 3);
      await store.readOrLease('k', 'dead', 40);
      await eventually(async () =>
        expect(await store.readOrLease('k', 'next', LEASE_MS)).toEqual({ kind: 'leased' }),
      );
      expect(await fill('next', 2)).toBe('refused');
    });

    test('leases a key to the next reader after a release', async () => {
      await store.readOrLease('k', 'a', LEASE_MS);
      expect(await store.release('k', 'a')).toBe(true);
      expect(await store.readOrLease('k', 'b', LEASE_MS)).toEqual({ kind: 'leased' });
      expect(await store.release('k', 'a')).toBe(false);
      expect(await fill('b', 1)).toBe('filled');
    });

    test('removes a value when it is invalidated', async () => {
      await put('k', 'v1');
      expect(await store.invalidate('k', 2)).toBe('applied');
      expect(await store.get('k')).toBeUndefined();
    });

    test('refuses the fill of a reader that got its lease before an invalidation', async () => {
      await store.readOrLease('k', 'slow', LEASE_MS);
      await store.invalidate('k', 2);
      expect(await fill('slow', 2)).toBe('refused');
      expect(await store.readOrLease('k', 'next', LEASE_MS)).toEqual({ kind: 'leased' });
    });

    test('reports at a release that an invalidation ended the lease', async () => {
      await store.readOrLease('k', 'slow', LEASE_MS);
      await store.invalidate('k', 2);
      expect(await store.release('k', 'slow')).toBe(false);
    });

    test('refuses a fill below the floor, and ends its lease', async () => {
      await store.invalidate('k', 2);
      await store.readOrLease('k', 'a', LEASE_MS);
      expect(await fill('a', 1)).toBe('refused');
      expect(await store.readOrLease('k', 'b', LEASE_MS)).toEqual({ kind: 'leased' });
      expect(await fill('b', 2)).toBe('filled');
    });

    test('returns the texts of several keys in the order of the keys', async () => {
      await put('a', 'one');
      await put('c', 'three');
      expect(await store.getMany(['c', 'b', 'a', 'c'])).toEqual([
        'three',
        undefined,
        'one',
        'three',
      ]);
    });

    test('leases a text that is about to expire for a refresh, and keeps the text', async () => {
      await put('k', 'v1', 1, 30_000);
      expect(await toRefresh('a', 30_000)).toEqual({ kind: 'leased' });
      expect(await toRefresh('b', 30_000)).toEqual({ kind: 'wait' });
      expect(await store.get('k')).toBe('v1');
      expect(await fill('a', 2)).toBe('filled');
      expect(await store.get('k')).toBe('v2');
      expect(await toRefresh('c', 30_000)).toMatchObject({ kind: 'fresh' });
    });

    test('returns the remaining time to live of a text that is too young to refresh', async () => {
      await put('k', 'v1', 1, 30_000);
      const result = await toRefresh('a', 1000);
      expect(result).toEqual({ kind: 'fresh', expiresInMs: expect.any(Number) });
      const expiresInMs = result.kind === 'fresh' ? result.expiresInMs : 0;
      expect(expiresInMs).toBeGreaterThan(25_000);
      expect(expiresInMs).toBeLessThanOrEqual(30_000);
      expect(await store.release('k', 'a')).toBe(false);
    });

    test('does not lease an absent text for a refresh', async () => {
      expect(await toRefresh('a', 1000)).toEqual({ kind: 'absent' });
      expect(await store.readOrLease('k', 'b', LEASE_MS)).toEqual({ kind: 'leased' });
    });

    test('refuses the fill of a refresh after an invalidation', async () => {
      await put('k', 'v1', 1, 30_000);
      await toRefresh('slow', 30_000);
      await store.invalidate('k', 2);
      expect(await fill('slow', 2)).toBe('refused');
      expect(await store.get('k')).toBeUndefined();
    });

    test('keeps the floor after a fill, and after late and repeated invalidations', async () => {
      await store.invalidate('k', 5);
      await store.readOrLease('k', 'a', LEASE_MS);
      await fill('a', 5);
      await store.invalidate('k', 3);
      await store.invalidate('k', 3);
      await store.readOrLease('k', 'b', LEASE_MS);
      expect(await fill('b', 4)).toBe('refused');
    });

    test('compares versions exactly up to the largest safe integer', async () => {
      await store.invalidate('k', Number.MAX_SAFE_INTEGER);
      await store.readOrLease('k', 'a', LEASE_MS);
      expect(await fill('a', Number.MAX_SAFE_INTEGER - 1)).toBe('refused');
      await store.readOrLease('k', 'b', LEASE_MS);
      expect(await fill('b', Number.MAX_SAFE_INTEGER)).toBe('filled');
    });

    test('discards a text only if it is the expected one', async () => {
      await put('k', 'repaired');
      await store.discard('k', 'damaged');
      expect(await store.get('k')).toBe('repaired');
      await store.discard('k', 'repaired');
      expect(await store.get('k')).toBeUndefined();
    });

    test('does not confuse keys with a common prefix', async () => {
      await put('k', 'one');
      await put('k:2', 'two');
      await store.invalidate('k', 2);
      expect(await store.get('k:2')).toBe('two');
    });
  });
}
