import { eventually } from '@product-api/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Note, NoteSource, noteCodec } from '../../test/notes.js';
import { freshNamespace, openStore, sharedRedis } from '../../test/redis-fixture.js';
import { createCache } from '../cache.js';
import type { CacheOptions } from '../cache-options.js';
import { createMemoryStore } from '../memory/memory-store.js';
import type { CacheEvent } from '../read/cache-event.js';
import type { CacheStore } from '../store/cache-store.js';

const redis = sharedRedis();
/** A random number for which a hit refreshes a text with 69 ms to live: ln 2 of 100 ms. */
const TYPICAL_CHANCE = 0.5;
/** A random number for which a hit looks up an unknown expiry, if keys live for a minute. */
const LOOKUP_CHANCE = 0.001;

describe('early refresh', () => {
  let time: number;
  let chance: number;
  let events: CacheEvent[];
  let source: NoteSource;
  let store: ReturnType<typeof createMemoryStore>;

  beforeEach(() => {
    time = 1000;
    chance = TYPICAL_CHANCE;
    events = [];
    source = new NoteSource();
    store = createMemoryStore({ now: () => time });
  });

  function openCache(options: Partial<CacheOptions<Note>> = {}) {
    const cache = createCache({
      store,
      codec: noteCodec,
      ttlSeconds: 60,
      ttlJitter: 0,
      now: () => time,
      random: () => chance,
      onEvent: (event) => events.push(event),
      ...options,
    });
    return { cache, read: () => cache.getOrLoad('n', source.load) };
  }

  const types = () => events.map((event) => event.type);

  test('a hit shortly before expiry is served immediately and refreshed in the background', async () => {
    source.write('n', 'one');
    const { read } = openCache();
    await read();
    const release = source.hold();
    time += 59_950;
    expect(await read()).toMatchObject({ source: 'hit', value: { text: 'one' } });
    await eventually(() => source.loads === 2);
    expect(await read()).toMatchObject({ source: 'hit' });
    release();
    await eventually(() => expect(types()).toEqual(['refreshed']));
    time += 59_000;
    expect(await read()).toMatchObject({ source: 'hit' });
    expect(source.loads).toBe(2);
  });

  test('a text that expires after the drawn lead is not refreshed', async () => {
    source.write('n', 'one');
    const { read } = openCache();
    await read();
    chance = 0.999;
    time += 55_000;
    await read();
    chance = TYPICAL_CHANCE;
    time += 4900;
    await read();
    time += 50;
    await read();
    await eventually(() => expect(types()).toEqual(['refreshed']));
    expect(source.loads).toBe(2);
  });

  test('a key with slow loads is refreshed earlier', async () => {
    source.write('n', 'one');
    const { cache, read } = openCache();
    await cache.getOrLoad('n', async (key) => {
      time += 5000;
      return source.load(key);
    });
    time += 57_000;
    await read();
    await eventually(() => expect(types()).toEqual(['refreshed']));
  });

  test('a stored absence is refreshed too', async () => {
    const { read } = openCache();
    await read();
    time += 29_950;
    expect(await read()).toEqual({ source: 'hit', value: undefined });
    await eventually(() => expect(types()).toEqual(['refreshed']));
  });

  test('a refresh that an invalidation overtook is not stored', async () => {
    source.write('n', 'one');
    const { cache, read } = openCache();
    await read();
    time += 59_950;
    const release = source.hold();
    await read();
    await eventually(() => source.loads === 2);
    await cache.invalidate('n', source.write('n', 'two'));
    release();
    await eventually(() => expect(types()).toEqual(['fill-refused']));
    expect(await read()).toMatchObject({ source: 'miss', value: { text: 'two' } });
  });

  test('a failed refresh keeps the text and is not retried at every hit', async () => {
    source.write('n', 'one');
    const { cache, read } = openCache();
    await read();
    time += 59_950;
    let attempts = 0;
    const fail = async () => {
      attempts += 1;
      throw new Error('The database is down');
    };
    for (let count = 0; count < 20; count++) {
      expect(await cache.getOrLoad('n', fail)).toMatchObject({ source: 'hit' });
    }
    await eventually(() => expect(types()).toEqual(['refresh-failed']));
    expect(attempts).toBe(1);
  });

  test('the expiry of a text that another process stored is looked up at random', async () => {
    source.write('n', 'one');
    await openCache().read();
    const { read } = openCache();
    time += 59_950;
    await read();
    expect(source.loads).toBe(1);
    // This number starts a lookup but draws a lead of only a tenth of a millisecond.
    chance = LOOKUP_CHANCE;
    await read();
    chance = TYPICAL_CHANCE;
    await eventually(async () => {
      await read();
      expect(types()).toEqual(['refreshed']);
    });
    expect(source.loads).toBe(2);
  });

  test.each([
    { ttlSeconds: 10, every: 100 },
    { ttlSeconds: 60, every: 600 },
    { ttlSeconds: 3600, every: 1000 },
  ])(
    'one hit in $every looks the expiry up if texts live for $ttlSeconds s',
    async ({ ttlSeconds, every }) => {
      source.write('n', 'one');
      await openCache({ ttlSeconds }).read();
      let lookups = 0;
      const counting: CacheStore = {
        ...store,
        leaseToRefresh(key, request) {
          lookups += 1;
          return store.leaseToRefresh(key, request);
        },
      };
      const { read } = openCache({ ttlSeconds, store: counting, audit: { every: 0 } });
      chance = 1.01 / every;
      await read();
      expect(lookups).toBe(0);
      chance = 0.99 / every;
      await read();
      expect(lookups).toBe(1);
    },
  );

  test('a text that another process has refreshed is not loaded again', async () => {
    source.write('n', 'one');
    const one = openCache();
    const two = openCache();
    await one.read();
    chance = LOOKUP_CHANCE;
    await two.read();
    chance = TYPICAL_CHANCE;
    time += 59_950;
    await one.read();
    await eventually(() => expect(types()).toEqual(['refreshed']));
    for (let count = 0; count < 20; count++) {
      expect(await two.read()).toMatchObject({ source: 'hit' });
    }
    expect(source.loads).toBe(2);
  });

  test('early refresh can be switched off', async () => {
    source.write('n', 'one');
    const { read } = openCache({ refreshBeta: 0 });
    await read();
    time += 59_999;
    expect(await read()).toMatchObject({ source: 'hit' });
    time += 2;
    expect(await read()).toMatchObject({ source: 'miss' });
    expect(source.loads).toBe(2);
  });
});

test('readers of a hot key in two processes never wait, and each refresh loads once', async () => {
  const namespace = freshNamespace();
  const source = new NoteSource();
  source.write('n', 'one');
  let refreshes = 0;
  const open = async () =>
    createCache({
      store: await openStore({ url: redis.url, namespace }),
      codec: noteCodec,
      ttlSeconds: 1.5,
      refreshLeadMs: 50,
      audit: { every: 0 },
      onEvent: (event) => {
        refreshes += event.type === 'refreshed' ? 1 : 0;
      },
    });
  const caches = await Promise.all([open(), open()]);
  await caches[0]?.getOrLoad('n', source.load);

  const sources = new Set<string>();
  const readers = caches.flatMap((cache) => Array.from({ length: 4 }, () => cache));
  await Promise.all(
    readers.map(async (cache) => {
      while (refreshes < 3) {
        sources.add((await cache.getOrLoad('n', source.load)).source);
      }
    }),
  );
  expect([...sources]).toEqual(['hit']);
  expect(source.loads).toBe(1 + refreshes);
});
