import { expect, onTestFinished, test } from 'vitest';
import { sharedRedis } from '../../../test/redis-fixture.js';
import { parseRedisUrl } from '../address/parse-redis-url.js';
import { GuardedConnection } from './guarded-connection.js';
import { createRedisClient } from './redis-client.js';

const redis = sharedRedis();

test('a command that throws synchronously counts as failed and rejects', async () => {
  const connection = new GuardedConnection({
    client: createRedisClient({
      address: parseRedisUrl(redis.url),
      timeoutMs: 1000,
      connectTimeoutMs: 1000,
    }),
    tryUse: async () => undefined,
    onOutOfMemory: () => undefined,
    recover: async () => ({ applied: 0, cleared: 0 }),
    failureThreshold: 2,
    onEvent: () => undefined,
  });
  onTestFinished(() => connection.close());
  expect(await connection.waitUntilReady(20_000)).toBe(true);
  const run = () =>
    connection.run(() => {
      throw new RangeError('Invalid string length');
    });
  await expect(run()).rejects.toThrow(RangeError);
  expect(connection.state).toBe('ready');
  await expect(run()).rejects.toThrow(RangeError);
  expect(connection.state).toBe('bypassed');
});
