import { expect, onTestFinished, test } from 'vitest';
import { describeWith } from '../describe-with.js';
import { redisProcessId } from './redis-process-id.js';
import { startRedisWithSentinels } from './start-redis-with-sentinels.js';

describeWith('redis')('startRedisWithSentinels', () => {
  test('starts five servers with passwords, and can fail over', async () => {
    const set = await startRedisWithSentinels({ password: 'one', sentinelPassword: 'other' });
    onTestFinished(() => set.stop());
    const [primary, replica] = set.servers;
    await expect(redisProcessId(primary.port)).rejects.toThrow('NOAUTH');
    expect(await redisProcessId(primary.port, 'one')).toBe(primary.pid);
    expect(await set.primary()).toBe(primary);
    await set.failOver();
    await set.waitForPrimary(replica);
    expect(await set.primary()).toBe(replica);
  });
});
