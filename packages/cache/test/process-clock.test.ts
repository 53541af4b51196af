import { eventually } from '@product-api/testing';
import { afterEach, beforeEach, describe, expect, it as test, vi } from 'vitest';
import { createCache } from '../src/index.js';
import { noteCodec } from './notes.js';
import { sharedRedis } from './redis-fixture.js';
import { openRelayedStore, type RelayedStoreKind, relayedStoreKinds } from './relayed-stores.js';
import { openSqliteNotes } from './sqlite-notes.js';

const redis = sharedRedis();
const hourMs = 3_600_000;

/** A process's cache, whose texts live for 10 minutes, and its leases for longer than any test. */
async function openCache(kind: RelayedStoreKind) {
  const notes = openSqliteNotes();
  notes.write('n', 'one');
  notes.write('held', 'one');
  const ttlSeconds = 600;
  const store = await openRelayedStore(kind, redis, {
    changeLog: notes.changeLog,
    longestLifeMs: ttlSeconds * 1000,
  });
  const cache = createCache({ store, codec: noteCodec, ttlSeconds, leaseMs: hourMs });
  const read = (id = 'n') => cache.getOrLoad(id, notes.load);
  return { notes, store, cache, read };
}

describe.each([
  ['forward', hourMs],
  ['back', -hourMs],
])('a process whose clock is set %s by an hour', (_direction, forwardMs) => {
  // Until it is set, the clock stands still, which is nothing to rely on either.
  beforeEach(() => void vi.setSystemTime(Date.now()));
  afterEach(() => void vi.useRealTimers());

  const setClock = () => vi.setSystemTime(Date.now() + forwardMs);

  describe.each(relayedStoreKinds)('and whose cache is %s', (kind) => {
    test('still serves what it holds, and sees every write', async () => {
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

    test('still waits a bounded time for a lease, and lets it end', async () => {
      const { store, read } = await openCache(kind);
      await store.readOrLease('held', 'of one that died', hourMs);
      await store.readOrLease('n', 'of one that died', 100);
      setClock();
      const start = performance.now();
      expect(await read('held')).toMatchObject({ source: 'miss', value: { text: 'one' } });
      expect(performance.now() - start).toBeLessThan(1000);
      await eventually(async () => expect(await read()).toMatchObject({ source: 'hit' }));
    });
  });
});
