import { eventually } from '@product-api/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Cache, createCache } from '../src/cache.js';
import { createMemoryStore } from '../src/memory/memory-store.js';
import type { CacheEvent } from '../src/read/cache-event.js';
import type { CacheStore } from '../src/store/cache-store.js';
import { type Note, NoteSource, noChance, noteCodec } from './notes.js';
import { openStore, sharedRedis } from './redis-fixture.js';

const redis = sharedRedis();

const stores: [string, () => Promise<CacheStore>][] = [
  ['Redis', () => openStore({ url: redis.url })],
  ['memory', async () => createMemoryStore()],
];

describe.each(stores)('a cache in %s', (_name, open) => {
  let store: CacheStore;
  let cache: Cache<Note>;
  let source: NoteSource;
  let events: CacheEvent[];

  beforeEach(async () => {
    events = [];
    source = new NoteSource();
    store = await open();
    cache = createCache({
      store,
      codec: noteCodec,
      random: noChance,
      onEvent: (event) => events.push(event),
    });
  });

  const get = (key = 'n') => cache.getOrLoad(key, source.load);

  async function writeAndInvalidate(text: string): Promise<void> {
    await cache.invalidate('n', source.write('n', text));
  }

  function untilLoadsBegan(count: number) {
    return eventually(() => source.loads === count);
  }

  test('loads a value once, and then returns hits with the same text', async () => {
    source.write('n', 'one');
    const miss = await get();
    expect(miss).toEqual({
      source: 'miss',
      text: '{"id":"n","text":"one"}',
      value: { id: 'n', text: 'one' },
    });
    expect(await get()).toEqual({ ...miss, source: 'hit' });
    expect(source.loads).toBe(1);
  });

  test('stores the value before it returns the miss', async () => {
    source.write('n', 'one');
    const { value } = await get();
    expect((await cache.peek('n'))?.value).toEqual(value);
  });

  test('loads once for many concurrent callers', async () => {
    source.write('n', 'one');
    const reads = await Promise.all(Array.from({ length: 50 }, () => get()));
    expect(new Set(reads.map((read) => read.value?.text))).toEqual(new Set(['one']));
    expect(source.loads).toBe(1);
  });

  test('loads an absent value once for many concurrent callers', async () => {
    await Promise.all(Array.from({ length: 50 }, () => get()));
    expect(source.loads).toBe(1);
  });

  test('rejects all callers of a failed load, and then loads again', async () => {
    const reads = Array.from({ length: 5 }, () =>
      cache.load('n', async () => {
        throw new Error('The database is down');
      }),
    );
    for (const read of await Promise.allSettled(reads)) {
      expect(read).toMatchObject({ status: 'rejected', reason: { message: /database/ } });
    }
    source.write('n', 'one');
    expect(await get()).toMatchObject({ source: 'miss', value: { text: 'one' } });
    expect(await get()).toMatchObject({ source: 'hit' });
  });

  test('refuses the fill of a slow reader that loaded before a write', async () => {
    source.write('n', 'old');
    const release = source.hold();
    const slow = get();
    await untilLoadsBegan(1);
    await writeAndInvalidate('new');
    release();
    expect(await slow).toMatchObject({ value: { text: 'old' } });
    expect(events).toEqual([{ type: 'fill-refused', key: 'n', version: 1 }]);
    expect(await get()).toMatchObject({ source: 'miss', value: { text: 'new' } });
    expect(await get()).toMatchObject({ source: 'hit', value: { text: 'new' } });
  });

  test('does not share a load that began before an invalidation with a later read', async () => {
    source.write('n', 'old');
    const release = source.hold();
    const slow = get();
    await untilLoadsBegan(1);
    await writeAndInvalidate('new');
    const late = get();
    await untilLoadsBegan(2);
    release();
    expect(await late).toMatchObject({ value: { text: 'new' } });
    await slow;
  });

  test('does not share a load whose fill was sent already', async () => {
    source.write('n', 'old');
    let acknowledgeFill = () => {};
    const acknowledgement = new Promise<void>((resolve) => {
      acknowledgeFill = resolve;
    });
    let filled = false;
    const fill: CacheStore['fill'] = async (key, what) => {
      const result = await store.fill(key, what);
      filled = true;
      await acknowledgement;
      return result;
    };
    const slowlyFilling = createCache({ store: { ...store, fill }, codec: noteCodec });
    const first = slowlyFilling.getOrLoad('n', source.load);
    await eventually(() => filled);
    await writeAndInvalidate('new');
    const late = slowlyFilling.getOrLoad('n', source.load);
    await untilLoadsBegan(2);
    acknowledgeFill();
    expect(await late).toMatchObject({ value: { text: 'new' } });
    expect(await first).toMatchObject({ value: { text: 'old' } });
  });

  test('reads in bounded time when the holder of a lease has crashed', async () => {
    source.write('n', 'one');
    await store.readOrLease('n', 'of a crashed reader', 1000);
    const start = performance.now();
    expect(await get()).toMatchObject({ source: 'miss', value: { text: 'one' } });
    expect(performance.now() - start).toBeLessThan(900);
    expect(events).toEqual([{ type: 'lease-contended', key: 'n' }]);
    await eventually(async () => expect(await get()).toMatchObject({ source: 'hit' }));
  });

  test('returns the value that another reader fills while it waits', async () => {
    await store.readOrLease('n', 'other', 5000);
    const waiting = get();
    const text = '{"id":"n","text":"from the other"}';
    await store.fill('n', { token: 'other', text, version: 1, ttlMs: 60_000 });
    expect(await waiting).toMatchObject({ source: 'hit', text });
    expect(source.loads).toBe(0);
  });

  test.each([
    ['garbage', 'garbage'],
    ['a truncated text', '{"id":"n","te'],
    ['another shape', '{"id":"n"}'],
    ["another key's value", '{"id":"m","text":"one"}'],
  ])('deletes %s, reports it and loads again', async (_kind, text) => {
    source.write('n', 'one');
    await store.readOrLease('n', 't', 5000);
    await store.fill('n', { token: 't', text, version: 1, ttlMs: 60_000 });
    expect(await cache.peek('n')).toBeUndefined();
    expect(await store.get('n')).toBeUndefined();
    expect(events).toEqual([{ type: 'invalid-value', key: 'n', text }]);
    expect(await get()).toMatchObject({ source: 'miss', value: { text: 'one' } });
    expect(await get()).toMatchObject({ source: 'hit' });
  });

  test('replaces an invalid value on the miss path too', async () => {
    source.write('n', 'one');
    await store.readOrLease('n', 't', 5000);
    await store.fill('n', { token: 't', text: 'garbage', version: 1, ttlMs: 60_000 });
    expect(await cache.load('n', source.load)).toMatchObject({ source: 'miss' });
    expect(await get()).toMatchObject({ source: 'hit', value: { text: 'one' } });
  });

  test('tolerates late and repeated invalidations', async () => {
    source.write('n', 'one');
    await writeAndInvalidate('two');
    await get();
    for (const version of [1, 2, 1, 2]) {
      await cache.invalidate('n', version);
      expect(await get()).toMatchObject({ source: 'miss', value: { text: 'two' } });
      expect(await get()).toMatchObject({ source: 'hit', value: { text: 'two' } });
    }
  });
});
