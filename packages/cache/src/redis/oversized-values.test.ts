import { eventually } from '@product-api/testing';
import { expect, test } from 'vitest';
import { freshNamespace, openStore, sharedRedis } from '../../test/redis-fixture.js';
import type { StoreEvent } from '../cache-event.js';

const redis = sharedRedis();

const OVERSIZED = 'x'.repeat(64 * 1024 * 1024);

test('a value that takes too long to arrive is found, deleted, and not read for a while', async () => {
  const namespace = freshNamespace();
  const events: StoreEvent[] = [];
  const store = await openStore({
    url: redis.url,
    namespace,
    timeoutMs: 100,
    failureThreshold: 1,
    onEvent: (event) => events.push(event),
  });
  await redis.operator.set(`${namespace}bad`, OVERSIZED);
  const oversized = () => events.filter(({ type }) => type === 'oversized-value');
  // A fast machine may receive the whole value in time; the cache then discards it.
  await store.get('bad').then(
    (text) => store.discard('bad', String(text)),
    () => undefined,
  );
  await eventually(() =>
    expect(oversized()).toEqual([
      { type: 'oversized-value', key: `${namespace}bad`, bytes: OVERSIZED.length },
    ]),
  );
  await eventually(() => store.state() === 'ready');
  expect(await redis.operator.exists(`${namespace}bad`)).toBe(0);

  // It is put there again, and costs no other reads now.
  await redis.operator.set(`${namespace}good`, 'text');
  await redis.operator.set(`${namespace}bad`, OVERSIZED);
  await expect(store.get('bad')).rejects.toThrow();
  expect(await store.getMany(['bad', 'good'])).toEqual([undefined, 'text']);
  expect(store.state()).toBe('ready');
  await redis.operator.unlink(`${namespace}bad`);
});
