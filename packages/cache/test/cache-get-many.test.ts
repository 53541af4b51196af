import { describe, expect, test } from 'vitest';
import { createCache } from '../src/cache.js';
import { NoteSource, noChance, noteCodec } from './notes.js';
import {
  connectOperator,
  freshNamespace,
  openStore,
  ownRedis,
  sharedRedis,
} from './redis-fixture.js';

const redis = sharedRedis();

async function open(url = redis.url) {
  const namespace = freshNamespace();
  const store = await openStore({ url, namespace });
  const source = new NoteSource();
  for (const id of ['a', 'b', 'c']) {
    source.write(id, `text of ${id}`);
  }
  return { namespace, source, cache: createCache({ store, codec: noteCodec, random: noChance }) };
}

describe('getMany', () => {
  test('returns each key once, from the store or from its load', async () => {
    const { source, cache } = await open();
    await cache.getOrLoad('b', source.load);
    const reads = await cache.getMany(['a', 'b', 'a', 'unknown'], source.load);
    expect([...reads.keys()]).toEqual(['a', 'b', 'unknown']);
    expect(reads.get('a')).toMatchObject({ source: 'miss', value: { text: 'text of a' } });
    expect(reads.get('b')).toMatchObject({ source: 'hit', value: { text: 'text of b' } });
    expect(reads.get('unknown')).toEqual({ source: 'miss', value: undefined });
    const again = await cache.getMany(['a', 'b', 'unknown'], source.load);
    expect([...again.values()].map((read) => read.source)).toEqual(['hit', 'hit', 'hit']);
    expect(source.loads).toBe(3);
  });

  test('reads all hits in one round trip', async () => {
    const server = await ownRedis();
    const { source, cache } = await open(server.url);
    await cache.getMany(['a', 'b', 'c'], source.load);
    const operator = connectOperator(server.url);
    await operator.config('RESETSTAT');
    await cache.getMany(['a', 'b', 'c'], source.load);
    const statistics = await operator.info('commandstats');
    expect(statistics).toMatch(/^cmdstat_mget:calls=1,/m);
    expect(statistics).not.toMatch(/^cmdstat_(get|evalsha):/m);
  });

  test('returns an empty map for no keys', async () => {
    const { source, cache } = await open();
    expect(await cache.getMany([], source.load)).toEqual(new Map());
  });

  test('replaces invalid texts, and loads keys of another Redis type', async () => {
    const { namespace, source, cache } = await open();
    await cache.getMany(['a', 'b', 'c'], source.load);
    await redis.operator.set(`${namespace}a`, 'garbage');
    await redis.operator.del(`${namespace}b`);
    await redis.operator.lpush(`${namespace}b`, 'a list');
    const reads = await cache.getMany(['a', 'b', 'c'], source.load);
    expect([...reads.values()].map((read) => read.source)).toEqual(['miss', 'miss', 'hit']);
    expect(reads.get('b')).toMatchObject({ value: { text: 'text of b' } });
  });

  test('rejects with the error of a load', async () => {
    const { cache } = await open();
    const failing = cache.getMany(['a', 'b'], async () => {
      throw new Error('The database is down');
    });
    await expect(failing).rejects.toThrow('database');
  });

  test('loads all keys when Redis is gone', async () => {
    const server = await ownRedis();
    const { source, cache } = await open(server.url);
    await cache.getMany(['a', 'b'], source.load);
    await server.kill('SIGKILL');
    const reads = await cache.getMany(['a', 'b'], source.load);
    expect([...reads.values()].map((read) => read.source)).toEqual(['bypass', 'bypass']);
  });
});
