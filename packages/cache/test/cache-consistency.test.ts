import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@product-api/testing';
import { expect, test } from 'vitest';
import { type Cache, createCache } from '../src/cache.js';
import { type Note, noteCodec } from './notes.js';
import { RecordedLog } from './recorded-log.js';
import {
  freshNamespace,
  makeStore,
  openStore,
  ownRedis,
  patientRelay,
  sharedRedis,
} from './redis-fixture.js';
import { openTcpProxy } from './tcp-proxy.js';

const redis = sharedRedis();
const keys = ['a', 'b', 'c'];

/**
 * Runs random reads and writes of concurrent clients on some caches. Returns a description of every
 * read that was older than a write acknowledged before the read began.
 */
async function findStaleReads(caches: Cache<Note>[], operations: number, log = new RecordedLog()) {
  const committed = new Map<string, number>();
  const acknowledged = new Map<string, number>();
  const stale: string[] = [];
  const pause = () => sleep(Math.random() * 4);
  const pick = <T>(items: T[]) => items[Math.floor(Math.random() * items.length)];

  async function write(cache: Cache<Note>, key: string) {
    const version = (committed.get(key) ?? 0) + 1;
    committed.set(key, version);
    log.append(key, version);
    await pause();
    await cache.invalidate(key, version);
    acknowledged.set(key, Math.max(version, acknowledged.get(key) ?? 0));
  }

  async function read(cache: Cache<Note>, key: string) {
    const expected = acknowledged.get(key) ?? 0;
    const { source, value } = await cache.getOrLoad(key, async () => {
      await pause();
      const version = committed.get(key) ?? 0;
      await pause();
      return { value: { id: key, text: String(version) }, version };
    });
    if (Number(value?.text) < expected) {
      stale.push(`${source} of ${key} was ${value?.text}, not ${expected}`);
    }
  }

  async function client() {
    for (let count = 0; count < operations; count++) {
      const cache = pick(caches);
      const key = pick(keys);
      if (cache && key) {
        await (Math.random() < 0.15 ? write(cache, key) : read(cache, key));
      }
      await pause();
    }
  }

  await Promise.all(Array.from({ length: 16 }, client));
  await Promise.all(keys.flatMap((key) => caches.map((cache) => read(cache, key))));
  return stale;
}

test('no read of two processes is older than an acknowledged write', async () => {
  const namespace = freshNamespace();
  const stores = await Promise.all([1, 2].map(() => openStore({ url: redis.url, namespace })));
  const caches = stores.map((store) => createCache({ store, codec: noteCodec }));
  expect(await findStaleReads(caches, 100)).toEqual([]);
});

test('no read is older than an acknowledged write while every hit refreshes its entry', async () => {
  const namespace = freshNamespace();
  const stores = await Promise.all([1, 2].map(() => openStore({ url: redis.url, namespace })));
  const events = new Set<string>();
  const caches = stores.map((store) =>
    createCache({
      store,
      codec: noteCodec,
      refreshBeta: 1e9,
      onEvent: (event) => events.add(event.type),
    }),
  );
  expect(await findStaleReads(caches, 100)).toEqual([]);
  expect(events).toContain('refreshed');
});

test('no read is older than an acknowledged write while the connection is cut and restored', async () => {
  const server = await ownRedis();
  const proxy = await openTcpProxy(server.port);
  const log = new RecordedLog();
  const url = `redis://127.0.0.1:${proxy.port}`;
  const store = makeStore({ url, relay: patientRelay(log) });
  const cache = createCache({ store, codec: noteCodec });
  let done = false;
  const outages = (async () => {
    while (!done) {
      await eventually(() => done || store.state() === 'ready');
      await sleep(Math.random() * 60);
      proxy.cut();
      await sleep(Math.random() * 60);
      proxy.restore();
    }
  })();
  expect(await findStaleReads([cache], 150, log)).toEqual([]);
  done = true;
  await outages;
});
