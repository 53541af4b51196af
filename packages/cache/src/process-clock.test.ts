import { eventually } from '@product-api/testing';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { bringNear } from '../test/near-fixture.js';
import { noteCodec } from '../test/notes.js';
import { freshNamespace, openStore, sharedRedis } from '../test/redis-fixture.js';
import {
  openRelayedStore,
  type RelayedStoreKind,
  relayedStoreKinds,
} from '../test/relayed-stores.js';
import { openSqliteNotes } from '../test/sqlite-notes.js';
import { openTcpProxy } from '../test/tcp-proxy.js';
import { createCache, createNearStore, parseRedisUrl } from './index.js';

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
    it('still serves what it holds, and sees every write', async () => {
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

    it('still waits a bounded time for a lease, and lets it end', async () => {
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

  it('still gives up a near text in time whose change it was not told', async () => {
    const { near, namespace, proxy } = await openNearTier();
    await redis.operator.set(`${namespace}n`, 'old');
    await bringNear({ redis, near, namespace, key: 'n' });
    setClock();
    proxy.stall();
    await redis.operator.set(`${namespace}n`, 'new');
    // A stalled connection is given up after a second, which would end the text's life as well.
    await eventually(async () => expect(await near.get('n')).toBe('new'), { timeoutMs: 900 });
  });
});

/** A near tier by its own clock, with the messages coming by a way that can be cut. */
async function openNearTier() {
  const namespace = freshNamespace();
  const far = await openStore({ url: redis.url, namespace });
  const proxy = await openTcpProxy(redis.server.port);
  const states: string[] = [];
  const near = createNearStore(far, {
    address: parseRedisUrl(`redis://127.0.0.1:${proxy.port}`),
    namespace,
    maxAgeMs: 100,
    onEvent: ({ type }) => states.push(type),
  });
  onTestFinished(() => near.close());
  await eventually(() => states.length > 0);
  return { near, namespace, proxy };
}
