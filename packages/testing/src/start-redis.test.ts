import { expect, onTestFinished, it as test } from 'vitest';
import { describeWith } from './describe-with.js';
import { freePort } from './free-port.js';
import { redisProcessId } from './redis-process-id.js';
import { ServerStartError } from './server-start-error.js';
import { type StartRedisOptions, startRedis } from './start-redis.js';

describeWith('redis')('startRedis', () => {
  test('starts servers that answer side by side', async () => {
    const [one, other] = await Promise.all([startForTest(), startForTest()]);
    expect(await redisProcessId(one.port)).toBe(one.pid);
    expect(await redisProcessId(other.port)).toBe(other.pid);
  });

  test('comes back on the same port after a restart, even from a hang', async () => {
    const redis = await startForTest();
    const { port, pid } = redis;
    await redis.kill('SIGSTOP');
    await expect(redisProcessId(port)).rejects.toThrow('does not answer');
    await redis.restart();
    expect(redis.pid).not.toBe(pid);
    expect(await redisProcessId(port)).toBe(redis.pid);
  });

  test('comes back after a crash', async () => {
    const redis = await startForTest();
    await redis.kill('SIGKILL');
    await expect(redisProcessId(redis.port)).rejects.toThrow('ECONNREFUSED');
    await redis.restart();
    expect(await redisProcessId(redis.port)).toBe(redis.pid);
  });

  test('is gone after stop, which may be called twice', async () => {
    const redis = await startForTest();
    await redis.stop();
    await redis.stop();
    await expect(redisProcessId(redis.port)).rejects.toThrow('ECONNREFUSED');
  });

  test('says what redis-server wrote when it does not start', async () => {
    const failure = startForTest({ args: ['--no-such-option', 'yes'] });
    await expect(failure).rejects.toThrow(ServerStartError);
    await expect(failure).rejects.toThrow('no-such-option');
  });
});

test('nobody answers on a free port', async () => {
  await expect(redisProcessId(await freePort())).rejects.toThrow('ECONNREFUSED');
});

async function startForTest(options?: StartRedisOptions) {
  const redis = await startRedis(options);
  onTestFinished(() => redis.stop());
  return redis;
}
