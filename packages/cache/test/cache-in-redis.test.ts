import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import { type Cache, createCache } from '../src/cache.js';
import type { CacheOptions } from '../src/cache-options.js';
import type { CacheEvent } from '../src/read/cache-event.js';
import { type Note, NoteSource, noChance, noteCodec } from './notes.js';
import { RecordedLog } from './recorded-log.js';
import { freshNamespace, openStore, ownRedis, patientRelay, sharedRedis } from './redis-fixture.js';

const redis = sharedRedis();
const TIMEOUT_MS = 50;

async function openCache(
  options: Partial<CacheOptions<Note>> = {},
  redisOptions: Partial<Parameters<typeof openStore>[0]> = {},
): Promise<Cache<Note>> {
  const store = await openStore({ url: redis.url, ...redisOptions });
  return createCache({ store, codec: noteCodec, random: noChance, ...options });
}

describe('an entry', () => {
  test.each([
    [0, 100_000],
    [0.5, 90_000],
    [0.999, 80_000],
  ])(
    'expires between the shortest and the longest time to live (random number %f)',
    async (chance, expected) => {
      const namespace = freshNamespace();
      const life = { ttlSeconds: 100, ttlJitter: 0.2, random: () => chance };
      const cache = await openCache(life, { namespace });
      await cache.getOrLoad('n', async () => ({ value: { id: 'n', text: 'one' }, version: 1 }));
      const left = await redis.operator.pttl(`${namespace}n`);
      expect(left).toBeLessThanOrEqual(expected + 25);
      expect(left).toBeGreaterThan(expected - 2000);
    },
  );

  test('may be edited to another valid text, or deleted, by hand', async () => {
    const namespace = freshNamespace();
    const cache = await openCache({}, { namespace });
    const source = new NoteSource();
    source.write('n', 'one');
    await cache.getOrLoad('n', source.load);
    const text = '{ "text": "by hand", "id": "n" }';
    await redis.operator.set(`${namespace}n`, text);
    expect(await cache.getOrLoad('n', source.load)).toMatchObject({
      source: 'hit',
      text: '{"text":"by hand","id":"n"}',
      edited: text,
    });
    await redis.operator.del(`${namespace}n`);
    expect(await cache.getOrLoad('n', source.load)).toMatchObject({
      source: 'miss',
      value: { text: 'one' },
    });
  });

  test('replaces a key of another Redis type', async () => {
    const namespace = freshNamespace();
    const events: CacheEvent[] = [];
    const cache = await openCache({ onEvent: (event) => events.push(event) }, { namespace });
    const source = new NoteSource();
    source.write('n', 'one');
    await redis.operator.lpush(`${namespace}n`, 'a list');
    expect(await cache.getOrLoad('n', source.load)).toMatchObject({ source: 'miss' });
    expect(await cache.getOrLoad('n', source.load)).toMatchObject({ source: 'hit' });
    expect(events).toEqual([]);
  });
});

describe('two processes on one Redis', () => {
  test('load a value once for both of them', async () => {
    const namespace = freshNamespace();
    const one = await openCache({ leaseWaitMs: 2000 }, { namespace });
    const two = await openCache({ leaseWaitMs: 2000 }, { namespace });
    const source = new NoteSource();
    source.write('n', 'one');
    const reads = await Promise.all([one, two].map((cache) => cache.getOrLoad('n', source.load)));
    expect(reads.map((read) => read.value?.text)).toEqual(['one', 'one']);
    expect(source.loads).toBe(1);
  });

  test('do not share a load that began before a write of the other process', async () => {
    const namespace = freshNamespace();
    const one = await openCache({}, { namespace });
    const two = await openCache({}, { namespace });
    const source = new NoteSource();
    source.write('n', 'old');
    const release = source.hold();
    const slow = one.getOrLoad('n', source.load);
    await eventually(() => source.loads === 1);
    await two.invalidate('n', source.write('n', 'new'));
    const late = one.getOrLoad('n', source.load);
    release();
    expect(await slow).toMatchObject({ value: { text: 'old' } });
    expect(await late).toMatchObject({ value: { text: 'new' } });
  });
});

describe('a cache whose Redis fails', () => {
  test('reads from the source in bounded time, and from Redis again afterwards', async () => {
    const server = await ownRedis();
    const log = new RecordedLog();
    const cache = await openCache(
      {},
      { url: server.url, timeoutMs: TIMEOUT_MS, relay: patientRelay(log) },
    );
    const source = new NoteSource();
    source.write('n', 'one');
    await cache.getOrLoad('n', source.load);

    await server.kill('SIGSTOP');
    await eventually(async () => {
      const start = performance.now();
      expect(await cache.getOrLoad('n', source.load)).toMatchObject({ source: 'bypass' });
      expect(performance.now() - start).toBeLessThan(250);
      expect(cache.state()).toBe('bypassed');
    });
    const version = source.write('n', 'two');
    log.append('n', version);
    await cache.invalidate('n', version);
    expect(await cache.peek('n')).toBeUndefined();
    expect(await cache.getOrLoad('n', source.load)).toMatchObject({
      source: 'bypass',
      value: { text: 'two' },
    });

    await server.kill('SIGCONT');
    await eventually(() => cache.state() === 'ready');
    expect(await cache.getOrLoad('n', source.load)).toMatchObject({
      source: 'miss',
      value: { text: 'two' },
    });
  });

  test('reports each failure and each deferred invalidation as an event', async () => {
    const server = await ownRedis();
    const events: CacheEvent[] = [];
    const cache = await openCache(
      { onEvent: (event) => events.push(event) },
      { url: server.url, timeoutMs: TIMEOUT_MS, failureThreshold: 100 },
    );
    await server.kill('SIGSTOP');
    await cache.peek('n');
    await cache.invalidate('n', 7);
    await cache.peek('n');
    expect(events).toEqual([
      { type: 'store-error', operation: 'get', key: 'n', error: expect.any(Error) },
      { type: 'invalidation-deferred', key: 'n', version: 7 },
    ]);
  });

  test('runs one load at a time for each key, and never shares an older load', async () => {
    const server = await ownRedis();
    const cache = await openCache({}, { url: server.url, timeoutMs: TIMEOUT_MS });
    await server.kill('SIGKILL');
    await eventually(() => cache.state() === 'bypassed');
    const source = new NoteSource();
    source.write('n', 'old');
    const release = source.hold();
    const early = Array.from({ length: 20 }, () => cache.getOrLoad('n', source.load));
    await eventually(() => source.loads === 1);
    source.write('n', 'new');
    const late = cache.getOrLoad('n', source.load);
    release();
    await Promise.all(early);
    expect(await late).toMatchObject({ source: 'bypass', value: { text: 'new' } });
    expect(source.loads).toBe(2);
  });
});
