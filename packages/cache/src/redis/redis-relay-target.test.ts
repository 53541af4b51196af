import { describe, expect, it, onTestFinished } from 'vitest';
import { freshNamespace, sharedRedis } from '../../test/redis-fixture.js';
import { createKeyspace } from './keyspace.js';
import { parseRedisUrl } from './parse-redis-url.js';
import { createRedisClient } from './redis-client.js';
import { createRedisRelayTarget } from './redis-relay-target.js';

const redis = sharedRedis();
const changes = [{ seq: 1, key: 'k', version: 1, mark: 'a' }];

async function openTarget(watermarkKey?: string) {
  const namespace = freshNamespace();
  const keyspace = createKeyspace(namespace, watermarkKey && `${namespace}${watermarkKey}`);
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
  return {
    namespace,
    keyspace,
    fill,
    left,
    target: createRedisRelayTarget(client, keyspace, 60_000),
  };
}

describe('APPLY', () => {
  it('does nothing unless the watermark is the expected one', async () => {
    const { keyspace, target } = await openTarget();
    await redis.operator.mset(keyspace.value('k'), 'kept', keyspace.watermark, 'db 7 x');
    for (const expected of [undefined, 'db 6 x']) {
      expect(await target.apply({ expected, changes, next: 'db 8 x' })).toBe(false);
    }
    expect(await target.readWatermark()).toBe('db 7 x');
    expect(await redis.operator.get(keyspace.value('k'))).toBe('kept');
    expect(await target.apply({ expected: 'db 7 x', changes, next: 'db 8 x' })).toBe(true);
    expect(await target.readWatermark()).toBe('db 8 x');
    expect(await redis.operator.get(keyspace.value('k'))).toBeNull();
  });

  it('drops the lease of a reader that read before the change', async () => {
    const { keyspace, target } = await openTarget();
    await redis.operator.set(keyspace.fence('k'), '- 9999999999999 slow');
    await target.apply({ expected: undefined, changes, next: 'db 1 a' });
    expect(await redis.operator.get(keyspace.fence('k'))).toBe('1');
  });

  it('leaves alone what was loaded after an invalidation of the same or a later version', async () => {
    const { keyspace, target } = await openTarget();
    await redis.operator.set(keyspace.fence('k'), '1 - later');
    await redis.operator.set(keyspace.value('k'), 'current');
    await target.apply({ expected: undefined, changes, next: 'db 1 a' });
    expect(await redis.operator.get(keyspace.value('k'))).toBe('current');
    expect(await redis.operator.get(keyspace.fence('k'))).toBe('1 - later');
  });
});

describe('CLEAR', () => {
  it('removes values and fences in batches, and nothing else', async () => {
    const { namespace, fill, left, target } = await openTarget();
    await fill(2500);
    await redis.operator.set(`fence:{${namespace}0}`, '1');
    await redis.operator.set(`elsewhere:${namespace}`, 'stays');
    const cleared = await target.clear(undefined);
    expect(cleared).toEqual({ watermark: expect.stringMatching(/^clearing \S+ \d+$/), keys: 2501 });
    expect(await target.readWatermark()).toBe(cleared?.watermark);
    expect(await left()).toEqual([`cache:applied:${namespace}`, `elsewhere:${namespace}`]);
  });

  it('spares a watermark that is kept under the same prefix', async () => {
    const { fill, left, keyspace, target } = await openTarget('.applied');
    await redis.operator.set(keyspace.watermark, 'db 7 x');
    await fill(10);
    expect(await target.clear('db 7 x')).toMatchObject({ keys: 10 });
    expect(await left()).toEqual([keyspace.watermark]);
  });

  it('does nothing unless the watermark is the expected one', async () => {
    const { fill, left, target } = await openTarget();
    await fill(10);
    expect(await target.clear('db 7 x')).toBeUndefined();
    expect(await left()).toHaveLength(10);
  });

  it('ends where another relay has begun one', async () => {
    const { fill, target } = await openTarget();
    await fill(5000);
    const outcomes = await Promise.all([target.clear(undefined), target.clear(undefined)]);
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
  });
});
