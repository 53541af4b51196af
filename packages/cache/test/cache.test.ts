import { eventually } from '@product-api/testing';
import { beforeEach, describe, expect, it as test } from 'vitest';
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

  function untilLoads(count: number) {
    return eventually(() => source.loads === count);
  }

  test('loads a value once and then hits, with the same text', async () => {
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

  test('has stored the value when the miss is answered', async () => {
    source.write('n', 'one');
    const { value } = await get();
    expect((await cache.peek('n'))?.value).toEqual(value);
  });

  test('loads once for many callers at a time', async () => {
    source.write('n', 'one');
    const reads = await Promise.all(Array.from({ length: 50 }, () => get()));
    expect(new Set(reads.map((read) => read.value?.text))).toEqual(new Set(['one']));
    expect(source.loads).toBe(1);
  });

  test('looks once for many callers at a time where there is nothing', async () => {
    await Promise.all(Array.from({ length: 50 }, () => get()));
    expect(source.loads).toBe(1);
  });

  test('gives the error of a load to all who wait for it, and then loads anew', async () => {
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

  test('refuses the fill of a slow reader that read before a write', async () => {
    source.write('n', 'old');
    const release = source.hold();
    const slow = get();
    await untilLoads(1);
    await writeAndInvalidate('new');
    release();
    expect(await slow).toMatchObject({ value: { text: 'old' } });
    expect(events).toEqual([{ type: 'fill-refused', key: 'n', version: 1 }]);
    expect(await get()).toMatchObject({ source: 'miss', value: { text: 'new' } });
    expect(await get()).toMatchObject({ source: 'hit', value: { text: 'new' } });
  });

  test('does not let a read after an invalidation wait for a load from before', async () => {
    source.write('n', 'old');
    const release = source.hold();
    const slow = get();
    await untilLoads(1);
    await writeAndInvalidate('new');
    const late = get();
    await untilLoads(2);
    release();
    expect(await late).toMatchObject({ value: { text: 'new' } });
    await slow;
  });

  test('does not share a load once its fill was sent', async () => {
    source.write('n', 'old');
    let acknowledgeFill = () => {};
    const acknowledgement = new Promise<void>((resolve) => {
      acknowledgeFill = resolve;
    });
    let filled = false;
    const fill: CacheStore['fill'] = async (key, what) => {
      const answer = await store.fill(key, what);
      filled = true;
      await acknowledgement;
      return answer;
    };
    const slowlyFilling = createCache({ store: { ...store, fill }, codec: noteCodec });
    const first = slowlyFilling.getOrLoad('n', source.load);
    await eventually(() => filled);
    await writeAndInvalidate('new');
    const late = slowlyFilling.getOrLoad('n', source.load);
    await untilLoads(2);
    acknowledgeFill();
    expect(await late).toMatchObject({ value: { text: 'new' } });
    expect(await first).toMatchObject({ value: { text: 'old' } });
  });

  test('is answered in bounded time when the holder of a lease is gone', async () => {
    source.write('n', 'one');
    await store.readOrLease('n', 'of a reader that crashed', 1000);
    const start = performance.now();
    expect(await get()).toMatchObject({ source: 'miss', value: { text: 'one' } });
    expect(performance.now() - start).toBeLessThan(900);
    expect(events).toEqual([{ type: 'lease-contended', key: 'n' }]);
    await eventually(async () => expect(await get()).toMatchObject({ source: 'hit' }));
  });

  test('serves what another reader fills while it waits', async () => {
    await store.readOrLease('n', 'other', 5000);
    const waiting = get();
    const text = '{"id":"n","text":"from the other"}';
    await store.fill('n', { token: 'other', text, version: 1, ttlMs: 60_000 });
    expect(await waiting).toMatchObject({ source: 'hit', text });
    expect(source.loads).toBe(0);
  });

  test.each([
    ['garbage', 'garbage'],
    ['a cut text', '{"id":"n","te'],
    ['another shape', '{"id":"n"}'],
    ["another key's value", '{"id":"m","text":"one"}'],
  ])('deletes %s, reports it and loads anew', async (_kind, text) => {
    source.write('n', 'one');
    await store.readOrLease('n', 't', 5000);
    await store.fill('n', { token: 't', text, version: 1, ttlMs: 60_000 });
    expect(await cache.peek('n')).toBeUndefined();
    expect(await store.get('n')).toBeUndefined();
    expect(events).toEqual([{ type: 'invalid-value', key: 'n', text }]);
    expect(await get()).toMatchObject({ source: 'miss', value: { text: 'one' } });
    expect(await get()).toMatchObject({ source: 'hit' });
  });

  test('repairs an invalid value on the miss path too', async () => {
    source.write('n', 'one');
    await store.readOrLease('n', 't', 5000);
    await store.fill('n', { token: 't', text: 'garbage', version: 1, ttlMs: 60_000 });
    expect(await cache.load('n', source.load)).toMatchObject({ source: 'miss' });
    expect(await get()).toMatchObject({ source: 'hit', value: { text: 'one' } });
  });

  test('is unharmed by late and repeated invalidations', async () => {
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
