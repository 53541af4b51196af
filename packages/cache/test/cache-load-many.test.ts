import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import { createCache } from '../src/cache.js';
import type { CacheOptions } from '../src/cache-options.js';
import { createMemoryStore } from '../src/memory/memory-store.js';
import type { CacheStore } from '../src/store/cache-store.js';
import { type Note, NoteSource, noChance, noteCodec } from './notes.js';
import { freshNamespace, openStore, sharedRedis } from './redis-fixture.js';

const redis = sharedRedis();

/** More than READ-OR-LEASE are sent at a time. */
const MANY = 200;

const stores: [string, () => Promise<CacheStore>][] = [
  ['Redis', () => openStore({ url: redis.url })],
  ['memory', async () => createMemoryStore()],
];

async function open(
  store: CacheStore,
  ids: readonly string[],
  options: Partial<CacheOptions<Note>> = {},
) {
  const source = new NoteSource();
  for (const id of ids) {
    source.write(id, `text of ${id}`);
  }
  return { source, cache: createCache({ store, codec: noteCodec, random: noChance, ...options }) };
}

describe.each(stores)('loadMany of a cache in %s', (_name, openStoreOf) => {
  test('begins all loads in one turn of the event loop, and fills every key', async () => {
    const ids = Array.from({ length: MANY }, (_, index) => `n${index}`);
    const { source, cache } = await open(await openStoreOf(), ids);
    let turns = 0;
    let isCounted = false;
    const reads = await cache.loadMany(ids, (id) => {
      if (!isCounted) {
        isCounted = true;
        turns += 1;
        setImmediate(() => {
          isCounted = false;
        });
      }
      return source.load(id);
    });
    expect([turns, source.loads, reads.size]).toEqual([1, MANY, MANY]);
    const hits = await cache.peekMany(ids);
    expect(hits.map((hit) => hit?.value)).toEqual(ids.map((id) => reads.get(id)?.value));
  });

  test('does not fill a key that was invalidated after its load', async () => {
    const { source, cache } = await open(await openStoreOf(), ['a', 'b']);
    const release = source.hold();
    const loading = cache.loadMany(['a', 'b'], source.load);
    await eventually(() => source.loads === 2);
    await cache.invalidate('a', source.write('a', 'new'));
    release();
    await loading;
    const [a, b] = await cache.peekMany(['a', 'b']);
    expect([a, b?.value?.text]).toEqual([undefined, 'text of b']);
  });

  test('shares the load of a key that is loading already only if that is current', async () => {
    const { source, cache } = await open(await openStoreOf(), ['a', 'b']);
    const release = source.hold();
    const first = cache.load('a', source.load);
    await eventually(() => source.loads === 1);
    await cache.invalidate('a', source.write('a', 'new'));
    const many = cache.loadMany(['a', 'b'], source.load);
    release();
    await first;
    expect((await many).get('a')?.value?.text).toBe('new');
    expect((await many).get('b')?.value?.text).toBe('text of b');
  });

  test('rejects with the error of a load, and gives the leases back', async () => {
    const { source, cache } = await open(await openStoreOf(), ['a', 'b']);
    const failing = cache.loadMany(['a', 'b'], async () => {
      throw new Error('The database is down');
    });
    await expect(failing).rejects.toThrow('The database is down');
    // A lease that is being given back still belongs to the failed load.
    await eventually(() => cache.loadMany(['a', 'b'], source.load));
    expect(await cache.peekMany(['a', 'b'])).not.toContain(undefined);
  });

  test('returns nothing for no keys', async () => {
    const { source, cache } = await open(await openStoreOf(), []);
    expect(await cache.loadMany([], source.load)).toEqual(new Map());
    expect(await cache.peekMany([])).toEqual([]);
  });
});

test('a key that another process is filling does not delay the loads of the others', async () => {
  const namespace = freshNamespace();
  const other = await open(await openStore({ url: redis.url, namespace }), ['b']);
  const own = await open(await openStore({ url: redis.url, namespace }), ['a', 'b', 'c'], {
    leaseWaitMs: 60_000,
  });
  const release = other.source.hold();
  const filling = other.cache.load('b', other.source.load);
  await eventually(() => other.source.loads === 1);
  const loaded: string[] = [];
  const loading = own.cache.loadMany(['a', 'b', 'c'], (id) => {
    loaded.push(id);
    return own.source.load(id);
  });
  await eventually(() => expect(loaded).toEqual(['a', 'c']));
  release();
  await filling;
  expect((await loading).get('b')).toMatchObject({ source: 'hit', value: { text: 'text of b' } });
  expect(loaded).toEqual(['a', 'c']);
});
