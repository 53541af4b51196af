import { eventually } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { expect, test } from 'vitest';
import { freshNamespace, openStore, sharedRedis } from '../../test/redis-fixture.js';
import type { BucketSize } from './token-buckets.js';

/** An hour for a unit, so that none is refilled during a test. */
const slow: BucketSize = { capacity: 10, refillMs: 3_600_000 };

describeWith('redis')('token buckets in Redis', () => {
  const redis = sharedRedis();

  async function openBuckets(prefix = freshNamespace()) {
    const { tokenBuckets } = await openStore({ url: redis.url, prefix, bucketPrefix: 'limits:' });
    if (tokenBuckets === undefined) {
      throw new Error('Expected a store with token buckets');
    }
    return { tokenBuckets, key: `${prefix}limits:a` };
  }

  test('units that are asked for are taken while the bucket has them', async () => {
    const { tokenBuckets } = await openBuckets();
    const ask = (asked: number) => tokenBuckets.charge('a', slow, { spent: 0, asked });
    expect(await ask(7)).toEqual({ taken: true, left: 3 });
    expect(await ask(4)).toMatchObject({ taken: false });
    expect(await ask(3)).toMatchObject({ taken: true });
    expect((await ask(1)).left).toBeCloseTo(0, 1);
    expect(await tokenBuckets.charge('b', slow, { spent: 0, asked: 1 })).toMatchObject({
      taken: true,
    });
  });

  test('spent units are taken in any case, and the debt delays the next ones', async () => {
    const { tokenBuckets } = await openBuckets();
    const { taken, left } = await tokenBuckets.charge('a', slow, { spent: 12, asked: 1 });
    expect(taken).toBe(false);
    expect(left).toBeCloseTo(-2, 1);
  });

  test('two stores share a bucket, which is refilled and then absent', async () => {
    const prefix = freshNamespace();
    const [one, other] = [await openBuckets(prefix), await openBuckets(prefix)];
    const fast: BucketSize = { capacity: 4, refillMs: 100 };
    expect(await one.tokenBuckets.charge('a', fast, { spent: 0, asked: 4 })).toMatchObject({
      taken: true,
    });
    await eventually(async () => {
      const { taken } = await other.tokenBuckets.charge('a', fast, { spent: 0, asked: 1 });
      return taken;
    });
    await eventually(async () => (await redis.operator.exists(one.key)) === 0);
  });

  test.each(['', 'text', 'nan', 'inf', '-1', '9e99'])(
    'the content %o is read as a bucket',
    async (text) => {
      const { tokenBuckets, key } = await openBuckets();
      await redis.operator.set(key, text);
      const { left } = await tokenBuckets.charge('a', slow, { spent: 1, asked: 0 });
      expect(left).toBeGreaterThanOrEqual(-11);
      expect(left).toBeLessThanOrEqual(9);
      expect(await redis.operator.pttl(key)).toBeGreaterThan(0);
    },
  );

  test('a key of another type is replaced', async () => {
    const { tokenBuckets, key } = await openBuckets();
    await redis.operator.rpush(key, 'x');
    expect((await tokenBuckets.charge('a', slow, { spent: 1, asked: 0 })).left).toBeCloseTo(9, 1);
  });

  test('a store without a prefix for buckets has none', async () => {
    expect((await openStore({ url: redis.url })).tokenBuckets).toBeUndefined();
  });
});
