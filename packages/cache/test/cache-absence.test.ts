import { eventually } from '@product-api/testing';
import { describe, expect, it as test } from 'vitest';
import { createCache } from '../src/cache.js';
import type { CacheOptions } from '../src/cache-options.js';
import type { CacheEvent } from '../src/read/cache-event.js';
import { NoteSource, noChance, noteCodec } from './notes.js';
import { freshNamespace, openStore, sharedRedis } from './redis-fixture.js';

const redis = sharedRedis();

async function open(options: Partial<CacheOptions<{ id: string; text: string }>> = {}) {
  const namespace = freshNamespace();
  const store = await openStore({ url: redis.url, namespace });
  const source = new NoteSource();
  const events: CacheEvent[] = [];
  const onEvent = (event: CacheEvent) => void events.push(event);
  const cache = createCache({ store, codec: noteCodec, random: noChance, onEvent, ...options });
  const get = () => cache.getOrLoad('n', source.load);
  return { namespace, source, events, cache, get };
}

describe('what is not there', () => {
  test('is looked for once and then known', async () => {
    const { source, cache, get } = await open();
    expect(await get()).toEqual({ source: 'miss', value: undefined });
    expect(await get()).toEqual({ source: 'hit', value: undefined });
    expect(await cache.load('n', source.load)).toEqual({ source: 'hit', value: undefined });
    expect(source.loads).toBe(1);
  });

  test('is seen at once when it is created', async () => {
    const { source, cache, get } = await open();
    await get();
    await cache.invalidate('n', source.write('n', 'one'));
    expect(await get()).toMatchObject({ source: 'miss', value: { text: 'one' } });
    expect(await get()).toMatchObject({ source: 'hit', value: { text: 'one' } });
  });

  test('is not taken for known by a slow reader that looked before it was created', async () => {
    const { source, cache, get, events } = await open();
    const release = source.hold();
    const slow = get();
    await eventually(() => source.loads === 1);
    await cache.invalidate('n', source.write('n', 'one'));
    release();
    expect(await slow).toEqual({ source: 'miss', value: undefined });
    expect(await get()).toMatchObject({ source: 'miss', value: { text: 'one' } });
    expect(events).toEqual([{ type: 'fill-refused', key: 'n', version: undefined }]);
  });

  test('is known again at once after it was deleted', async () => {
    const { source, cache, get } = await open();
    source.write('n', 'one');
    await get();
    source.delete('n');
    await cache.invalidate('n', 2);
    expect(await get()).toEqual({ source: 'miss', value: undefined });
    expect(await get()).toEqual({ source: 'hit', value: undefined });
  });

  test('reads as null in Redis, for half a minute at most', async () => {
    const { namespace, get } = await open({ ttlJitter: 0.5, random: () => 0.5 });
    await get();
    expect(await redis.operator.get(`${namespace}n`)).toBe('null');
    const left = await redis.operator.pttl(`${namespace}n`);
    expect(left).toBeLessThanOrEqual(22_500);
    expect(left).toBeGreaterThan(20_000);
  });

  test('is looked for again and again if it is not to be remembered', async () => {
    const { namespace, get } = await open({ absenceTtlSeconds: 0 });
    expect(await get()).toEqual({ source: 'miss', value: undefined });
    expect(await get()).toEqual({ source: 'miss', value: undefined });
    expect(await redis.operator.exists(`${namespace}n`)).toBe(0);
  });
});

test('a codec whose text for a value stands for none is refused', async () => {
  const { source, cache } = await open({ codec: { ...noteCodec, encode: () => 'null' } });
  source.write('n', 'one');
  await expect(cache.getOrLoad('n', source.load)).rejects.toThrow(TypeError);
});
