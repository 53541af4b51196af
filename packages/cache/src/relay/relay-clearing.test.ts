import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import { sharedRedis } from '../../test/redis-fixture.js';
import { deploy } from '../../test/relay-fixture.js';

const redis = sharedRedis();

describe('a clearing', () => {
  const setOtherDatabaseId = 'UPDATE identity SET id = lower(hex(randomblob(16)))';

  test('is finished by another process if its own process has died', async () => {
    const deployment = deploy(redis.url);
    await deployment.operator.set(deployment.watermarkKey, 'clearing of-one-that-crashed 3');
    await deployment.plant('n', 'outdated');
    const reader = await deployment.start();
    expect(await reader.isHit('n')).toBe(false);
    expect(reader.clearings()).toEqual(['unfinished-clearing']);
  });

  test('deletes many keys, only those of its namespace, whose name is not used as a pattern', async () => {
    const { operator, start, watermarkKey } = deploy(redis.url, undefined, 'a*[b]:');
    const keys = Array.from({ length: 2500 }, (_, index) => `a*[b]:${index}`);
    await operator.mset(keys.flatMap((key) => [key, 'old']));
    await operator.set('a1b:1', 'stays');
    await operator.set(watermarkKey, 'of-another-database 1 -');
    await start();
    expect(await operator.keys('a\\*\\[b\\]:*')).toEqual([]);
    expect(await operator.get('a1b:1')).toBe('stays');
  });

  test('ends if several processes clear at once, and no outdated value is left', async () => {
    const deployment = deploy(redis.url);
    const { namespace, notes, operator } = deployment;
    const processes = await Promise.all(Array.from({ length: 3 }, () => deployment.start()));
    for (let batch = 0; batch < 5; batch++) {
      const keys = Array.from({ length: 1000 }, (_, index) => `${namespace}${batch}-${index}`);
      await operator.mset(keys.flatMap((key) => [key, 'outdated']));
    }
    notes.sql(setOtherDatabaseId);
    await eventually(() => processes.some((each) => each.clearings().length > 0));
    await eventually(() => processes.every(({ isReady }) => isReady()));
    expect(await operator.keys(`${namespace}*`)).toEqual([]);
    await deployment.untilApplied();
  });
});
