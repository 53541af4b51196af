import { eventually } from '@product-api/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCache } from '../src/index.js';
import { noteCodec } from './notes.js';
import { sharedRedis } from './redis-fixture.js';
import { openRelayedStore, type RelayedStoreKind, relayedStoreKinds } from './relayed-stores.js';
import { openSqliteNotes } from './sqlite-notes.js';

const redis = sharedRedis();
const HOUR_MS = 3_600_000;

/** Opens the cache of a process: entries live for 10 minutes, leases for longer than any test. */
async function openCache(kind: RelayedStoreKind) {
  const notes = openSqliteNotes();
  notes.write('n', 'one');
  notes.write('held', 'one');
  const ttlSeconds = 600;
  const store = await openRelayedStore(kind, redis, {
    changeLog: notes.changeLog,
    longestLifeMs: ttlSeconds * 1000,
  });
  const cache = createCache({ store, codec: noteCodec, ttlSeconds, leaseMs: HOUR_MS });
  const read = (id = 'n') => cache.getOrLoad(id, notes.load);
  return { notes, store, cache, read };
}

describe.each([
  ['forward', HOUR_MS],
  ['back', -HOUR_MS],
])('a process whose clock is set %s by one hour', (_direction, forwardMs) => {
  // The fake clock stands still until it is set. The cache must not depend on it even then.
  beforeEach(() => void vi.setSystemTime(Date.now()));
  afterEach(() => void vi.useRealTimers());

  const setClock = () => vi.setSystemTime(Date.now() + forwardMs);

  describe.each(relayedStoreKinds)('with a cache %s', (kind) => {
    test('still serves its entries, and sees every write', async () => {
      const { notes, store, cache, read } = await openCache(kind);
      await read();
      setClock();
      expect(store.relayStatus()?.lagMs).toBeLessThan(1000);
      expect(await read()).toMatchObject({ source: 'hit', value: { text: 'one' } });
      await cache.invalidate('n', notes.write('n', 'two'));
      expect(await read()).toMatchObject({ source: 'miss', value: { text: 'two' } });
      notes.write('n', 'three');
      await eventually(
        async () => expect(await read()).toMatchObject({ value: { text: 'three' } }),
        { timeoutMs: 1000 },
      );
      expect(store.state()).toBe('ready');
    });

    test('still waits for a lease in bounded time, and lets leases end', async () => {
      const { store, read } = await openCache(kind);
      await store.readOrLease('held', 'of a crashed reader', HOUR_MS);
      await store.readOrLease('n', 'of a crashed reader', 100);
      setClock();
      const start = performance.now();
      expect(await read('held')).toMatchObject({ source: 'miss', value: { text: 'one' } });
      expect(performance.now() - start).toBeLessThan(1000);
      await eventually(async () => expect(await read()).toMatchObject({ source: 'hit' }));
    });
  });
});
