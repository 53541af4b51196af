import { eventually } from '@product-api/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freshNamespace, sharedRedis } from '../../test/redis-fixture.js';
import { parseRedisUrl } from './address/parse-redis-url.js';
import { createRedisClient } from './connection/redis-client.js';
import { createKeyspace } from './keyspace.js';
import { createRedisRelayTarget } from './redis-relay-target.js';

const redis = sharedRedis();
const times = { floorTtlMs: 60_000, claimMs: 60_000, settleMs: 0 };
const DATABASE_ID = 'db';
const NEXT = 'other 8 x';
const changes = [{ seq: 1, key: 'k', version: 1, mark: 'a' }];

async function openTarget(watermarkKey?: string) {
  const namespace = freshNamespace();
  const keyspace = createKeyspace(namespace, {
    watermark: watermarkKey && `${namespace}${watermarkKey}`,
  });
  const client = createRedisClient({
    address: parseRedisUrl(redis.url),
    timeoutMs: 2000,
    connectTimeoutMs: 1000,
  });
  onTestFinished(() => client.disconnect());
  await new Promise((resolve) => client.once('ready', resolve));
  const fill = (count: number) =>
    redis.operator.mset(
      Array.from({ length: count }, (_, index) => [`${namespace}${index}`, 'old']).flat(),
    );
  const left = async () => (await redis.operator.keys(`*${namespace}*`)).sort();
  const target = createRedisRelayTarget(client, keyspace, times);
  const claimed = await target.claim(DATABASE_ID, true);
  expect(claimed).toEqual({ kind: 'held', isNew: true, watermark: undefined });
  const readWatermark = async () => {
    const found = await target.claim(DATABASE_ID, true);
    return found.kind === 'held' ? found.watermark : found;
  };
  return { namespace, keyspace, fill, left, target, readWatermark };
}

describe('CLAIM', () => {
  test('refuses another database and returns the owner of the namespace', async () => {
    const { keyspace, target } = await openTarget();
    await redis.operator.set(keyspace.watermark, 'db 7 x');
    const other = { kind: 'held-by-other', owner: DATABASE_ID };
    expect(await target.claim('other', false)).toEqual(other);
    expect(await target.claim('other', true)).toEqual(other);
    expect(
      await target.apply({ databaseId: 'other', expected: 'db 7 x', changes, next: NEXT }),
    ).toBe(false);
    expect(await target.beginClearing('db 7 x', 'other')).toBeUndefined();
    expect(await target.clear('db 7 x', 'other')).toBeUndefined();
    const held = { kind: 'held', isNew: false, watermark: 'db 7 x' };
    expect(await target.claim(DATABASE_ID, true)).toEqual(held);
  });

  test('is renewed only by a process whose log agrees with the watermark', async () => {
    const { keyspace, target } = await openTarget();
    const left = () => redis.operator.pttl(keyspace.claim);
    await redis.operator.pexpire(keyspace.claim, 30_000);
    await target.claim('other', true);
    await target.claim(DATABASE_ID, false);
    expect(await left()).toBeLessThanOrEqual(30_000);
    await target.claim(DATABASE_ID, true);
    expect(await left()).toBeGreaterThan(30_000);
  });

  test('passes to the next database if it is not renewed', async () => {
    const { keyspace, target } = await openTarget();
    await redis.operator.pexpire(keyspace.claim, 1);
    await eventually(async () =>
      expect(await target.claim('other', false)).toMatchObject({ kind: 'held', isNew: true }),
    );
    expect(await target.claim(DATABASE_ID, true)).toMatchObject({ owner: 'other' });
  });

  test('expires even if somebody set it by hand', async () => {
    const { keyspace, target } = await openTarget();
    await redis.operator.set(keyspace.claim, 'by hand');
    expect(await target.claim(DATABASE_ID, true)).toMatchObject({ owner: 'by hand' });
    expect(await redis.operator.pttl(keyspace.claim)).toBeGreaterThan(0);
  });

  test('replaces keys of another type', async () => {
    const { keyspace, target } = await openTarget();
    await redis.operator.del(keyspace.claim);
    await redis.operator.lpush(keyspace.claim, 'nonsense');
    await redis.operator.lpush(keyspace.watermark, 'nonsense');
    const held = { kind: 'held', isNew: true, watermark: undefined };
    expect(await target.claim(DATABASE_ID, true)).toEqual(held);
    expect(await redis.operator.get(keyspace.claim)).toBe(DATABASE_ID);
  });
});

describe('APPLY', () => {
  test('changes nothing if the watermark is not the expected one', async () => {
    const { keyspace, target, readWatermark } = await openTarget();
    await redis.operator.mset(keyspace.value('k'), 'kept', keyspace.watermark, 'db 7 x');
    for (const expected of [undefined, 'db 6 x']) {
      expect(
        await target.apply({ databaseId: DATABASE_ID, expected, changes, next: 'db 8 x' }),
      ).toBe(false);
    }
    expect(await readWatermark()).toBe('db 7 x');
    expect(await redis.operator.get(keyspace.value('k'))).toBe('kept');
    expect(
      await target.apply({ databaseId: DATABASE_ID, expected: 'db 7 x', changes, next: 'db 8 x' }),
    ).toBe(true);
    expect(await readWatermark()).toBe('db 8 x');
    expect(await redis.operator.get(keyspace.value('k'))).toBeNull();
  });

  test('revokes the lease of a reader that read before the change', async () => {
    const { keyspace, target } = await openTarget();
    await redis.operator.set(keyspace.fence('k'), '- 9999999999999 slow');
    await target.apply({ databaseId: DATABASE_ID, expected: undefined, changes, next: 'db 1 a' });
    expect(await redis.operator.get(keyspace.fence('k'))).toBe('1');
  });

  test('keeps a value that was loaded after an invalidation of this or a later version', async () => {
    const { keyspace, target } = await openTarget();
    await redis.operator.set(keyspace.fence('k'), '1 - later');
    await redis.operator.set(keyspace.value('k'), 'current');
    await target.apply({ databaseId: DATABASE_ID, expected: undefined, changes, next: 'db 1 a' });
    expect(await redis.operator.get(keyspace.value('k'))).toBe('current');
    expect(await redis.operator.get(keyspace.fence('k'))).toBe('1 - later');
  });
});

describe('CLEAR', () => {
  test('removes only values and fences, in batches', async () => {
    const { namespace, fill, left, target, readWatermark } = await openTarget();
    await fill(2500);
    await redis.operator.set(`fence:{${namespace}0}`, '1');
    await redis.operator.set(`elsewhere:${namespace}`, 'stays');
    const cleared = await target.clear(undefined, DATABASE_ID);
    expect(cleared).toEqual({ watermark: expect.stringMatching(/^clearing \S+ \d+$/), keys: 2501 });
    expect(await readWatermark()).toBe(cleared?.watermark);
    const others = [`cache:applied:${namespace}`, `cache:owner:${namespace}`];
    expect(await left()).toEqual([...others, `elsewhere:${namespace}`]);
  });

  test('keeps a watermark with the same prefix', async () => {
    const { fill, left, keyspace, target } = await openTarget('.applied');
    await redis.operator.set(keyspace.watermark, 'db 7 x');
    await fill(10);
    expect(await target.clear('db 7 x', DATABASE_ID)).toMatchObject({ keys: 10 });
    expect(await left()).toEqual([keyspace.watermark, keyspace.claim].sort());
  });

  test('changes nothing if the watermark is not the expected one', async () => {
    const { fill, left, target } = await openTarget();
    await fill(10);
    expect(await target.clear('db 7 x', DATABASE_ID)).toBeUndefined();
    expect(await left()).toHaveLength(10 + 1);
  });

  test('stops if another relay has begun a clearing', async () => {
    const { fill, target } = await openTarget();
    await fill(5000);
    const outcomes = await Promise.all([
      target.clear(undefined, DATABASE_ID),
      target.clear(undefined, DATABASE_ID),
    ]);
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
  });
});
