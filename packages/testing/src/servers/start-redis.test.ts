import { expect, onTestFinished, test } from 'vitest';
import { describeWith } from '../describe-with.js';
import { freePort } from './free-port.js';
import { redisProcessId } from './redis-process-id.js';
import { ServerStartError } from './server-process.js';
import { type StartRedisOptions, startRedis } from './start-redis.js';

describeWith('redis')('startRedis', () => {
  test('starts several servers at the same time', async () => {
    const [one, other] = await Promise.all([startForTest(), startForTest()]);
    expect(await redisProcessId(one.port)).toBe(one.pid);
    expect(await redisProcessId(other.port)).toBe(other.pid);
  });

  test('restarts a server that hangs, on the same port', async () => {
    const redis = await startForTest();
    const { port, pid } = redis;
    await redis.kill('SIGSTOP');
    await expect(redisProcessId(port)).rejects.toThrow('does not reply');
    await redis.restart();
    expect(redis.pid).not.toBe(pid);
    expect(await redisProcessId(port)).toBe(redis.pid);
  });

  test('restarts a server that crashed', async () => {
    const redis = await startForTest();
    await redis.kill('SIGKILL');
    await expect(redisProcessId(redis.port)).rejects.toThrow('ECONNREFUSED');
    await redis.restart();
    expect(await redisProcessId(redis.port)).toBe(redis.pid);
  });

  test('ends the server with stop, which may be called twice', async () => {
    const redis = await startForTest();
    await redis.stop();
    await redis.stop();
    await expect(redisProcessId(redis.port)).rejects.toThrow('ECONNREFUSED');
  });

  test('throws the output of a redis-server that does not start', async () => {
    const failure = startForTest({ args: ['--no-such-option', 'yes'] });
    await expect(failure).rejects.toThrow(ServerStartError);
    await expect(failure).rejects.toThrow('no-such-option');
  });
});

test('redisProcessId throws when nothing listens on the port', async () => {
  await expect(redisProcessId(await freePort())).rejects.toThrow('ECONNREFUSED');
});

async function startForTest(options?: StartRedisOptions) {
  const redis = await startRedis(options);
  onTestFinished(() => redis.stop());
  return redis;
}
