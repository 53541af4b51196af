import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
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

describe('an absent value', () => {
  test('is loaded once, and its absence is then a hit', async () => {
    const { source, cache, get } = await open();
    expect(await get()).toEqual({ source: 'miss', value: undefined });
    expect(await get()).toEqual({ source: 'hit', value: undefined });
    expect(await cache.load('n', source.load)).toEqual({ source: 'hit', value: undefined });
    expect(source.loads).toBe(1);
  });

  test('is visible at once after it is created', async () => {
    const { source, cache, get } = await open();
    await get();
    await cache.invalidate('n', source.write('n', 'one'));
    expect(await get()).toMatchObject({ source: 'miss', value: { text: 'one' } });
    expect(await get()).toMatchObject({ source: 'hit', value: { text: 'one' } });
  });

  test('is not stored as absent by a slow reader that loaded before it was created', async () => {
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

  test('is stored as absent again after it was deleted', async () => {
    const { source, cache, get } = await open();
    source.write('n', 'one');
    await get();
    source.delete('n');
    await cache.invalidate('n', 2);
    expect(await get()).toEqual({ source: 'miss', value: undefined });
    expect(await get()).toEqual({ source: 'hit', value: undefined });
  });

  test('is null in Redis, for at most half a minute', async () => {
    const { namespace, get } = await open({ ttlJitter: 0.5, random: () => 0.5 });
    await get();
    expect(await redis.operator.get(`${namespace}n`)).toBe('null');
    const left = await redis.operator.pttl(`${namespace}n`);
    expect(left).toBeLessThanOrEqual(22_500);
    expect(left).toBeGreaterThan(20_000);
  });

  test('is loaded at every read if absences are not stored', async () => {
    const { namespace, get } = await open({ absenceTtlSeconds: 0 });
    expect(await get()).toEqual({ source: 'miss', value: undefined });
    expect(await get()).toEqual({ source: 'miss', value: undefined });
    expect(await redis.operator.exists(`${namespace}n`)).toBe(0);
  });
});

test('a codec that encodes a value as the text of an absence is refused', async () => {
  const { source, cache } = await open({ codec: { ...noteCodec, encode: () => 'null' } });
  source.write('n', 'one');
  await expect(cache.getOrLoad('n', source.load)).rejects.toThrow(TypeError);
});
