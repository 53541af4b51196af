import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import { type Note, NoteSource, noteCodec } from '../../test/notes.js';
import { freshNamespace, openStore, sharedRedis } from '../../test/redis-fixture.js';
import { deploy } from '../../test/relay-fixture.js';
import { setRedisClock } from '../../test/set-redis-clock.js';
import { type Cache, createCache } from '../cache.js';
import type { CacheOptions } from '../cache-options.js';

const redis = sharedRedis();
const HOUR_MS = 3_600_000;
const LEASE_MS = 200;

/** Opens caches of two processes in one namespace, and a way to set the clock of their Redis. */
async function openCaches(options: Partial<CacheOptions<Note>> = {}) {
  const namespace = freshNamespace();
  const source = new NoteSource();
  source.write('n', 'one');
  const open = async (): Promise<Cache<Note>> => {
    const store = await openStore({ url: redis.url, namespace });
    return createCache({ store, codec: noteCodec, leaseMs: LEASE_MS, ...options });
  };
  return {
    namespace,
    source,
    one: await open(),
    other: await open(),
    setClock: (forwardMs: number) => setRedisClock(redis.operator, namespace, forwardMs),
  };
}

describe.each([
  ['forward', HOUR_MS],
  ['back', -HOUR_MS],
])('a Redis whose clock is set %s by an hour', (_direction, forwardMs) => {
  test('loses or keeps its values, and never returns one older than a write', async () => {
    const { one, other, source, setClock } = await openCaches();
    await one.getOrLoad('n', source.load);
    await setClock(forwardMs);
    expect(await one.getOrLoad('n', source.load)).toMatchObject({
      source: forwardMs > 0 ? 'miss' : 'hit',
      value: { text: 'one' },
    });
    await other.invalidate('n', source.write('n', 'two'));
    expect(await one.getOrLoad('n', source.load)).toMatchObject({ value: { text: 'two' } });
    expect(await other.getOrLoad('n', source.load)).toMatchObject({
      source: 'hit',
      value: { text: 'two' },
    });
  });

  test.each(['before', 'after'])(
    'refuses the fill of a reader if a write came after its load, %s the clock was set',
    async (when) => {
      const { one, other, source, setClock } = await openCaches();
      const release = source.hold();
      const slow = one.getOrLoad('n', source.load);
      await eventually(() => source.loads === 1);
      const write = () => other.invalidate('n', source.write('n', 'two'));
      await (when === 'before' ? write().then(() => setClock(forwardMs)) : setClock(forwardMs));
      await (when === 'after' && write());
      release();
      expect(await slow).toMatchObject({ value: { text: 'one' } });
      expect(await other.getOrLoad('n', source.load)).toMatchObject({
        source: 'miss',
        value: { text: 'two' },
      });
    },
  );

  test('serves a key whose lease a dead process holds in bounded time, and soon fills it', async () => {
    const { one, source, namespace, setClock } = await openCaches();
    const dead = await openStore({ url: redis.url, namespace });
    await dead.readOrLease('n', 'of one that died', LEASE_MS);
    await setClock(forwardMs);
    const start = performance.now();
    expect(await one.getOrLoad('n', source.load)).toMatchObject({ value: { text: 'one' } });
    expect(performance.now() - start).toBeLessThan(1000);
    await eventually(async () =>
      expect(await one.getOrLoad('n', source.load)).toMatchObject({ source: 'hit' }),
    );
  });

  test('shows a write without an invalidation after the next poll', async () => {
    const { notes, namespace, operator, start, untilApplied } = deploy(redis.url);
    const process = await start();
    notes.write('n', 'one');
    await untilApplied();
    expect(await process.read('n')).toBe('one');
    await setRedisClock(operator, namespace, forwardMs);
    notes.write('n', 'two');
    await untilApplied();
    expect(await process.read('n')).toBe('two');
    expect(process.isReady()).toBe(true);
  });
});

test('the holder of a lease can still fill after the clock was set back', async () => {
  const { one, other, source, setClock } = await openCaches();
  const release = source.hold();
  const slow = one.getOrLoad('n', source.load);
  await eventually(() => source.loads === 1);
  await setClock(-HOUR_MS);
  release();
  expect(await slow).toMatchObject({ source: 'miss' });
  expect(await other.getOrLoad('n', source.load)).toMatchObject({ source: 'hit' });
});
