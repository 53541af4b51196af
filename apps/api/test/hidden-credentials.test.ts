import { eventually, startApi, startRedis } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { runToEnd } from './run-to-end.js';

const limit = { timeout: 60_000 };

const SECRET_URL = 'redis://:secret@127.0.0.1';

// The service reports all invalid settings at once.
test.concurrent.each([
  {
    DATABASE_URL: 'libsql://catalog.example?authToken=secret',
    REDIS_URL: 'redis//user:secret@127.0.0.1',
    REDIS_SENTINEL_PASSWORD: 'secret',
    REDIS_SENTINEL_TLS: 'secret',
    AUTH: 'secret',
    ADMIN_API_KEY: 'a secret of too few characters',
    DOCS: 'secret',
    HOST: SECRET_URL,
    PORT: SECRET_URL,
    LOG_LEVEL: SECRET_URL,
    SEED: SECRET_URL,
    CACHE_NAMESPACE: SECRET_URL,
  },
  {
    DATABASE_URL: 'file:postgres://user:secret@127.0.0.1/catalog',
    REDIS_URL: 'redis:/:secret@127.0.0.1',
  },
  {
    DATABASE_URL: 'file:user:secret@127.0.0.1/catalog',
    REDIS_URL: 'redis://:secret@127.0.0.1:99999',
  },
  { DATABASE_URL: 'file:catalog.db?authToken=secret', REDIS_SENTINELS: SECRET_URL },
  { REDIS_SENTINELS: SECRET_URL, REDIS_SENTINEL_NAME: 'redis://:secret@a' },
  { REDIS_URL: 'redis://user:se/secret@127.0.0.1', WORKERS: 'secret' },
])('the output names the invalid settings in %j, without the password', limit, async (env) => {
  const { code, output } = await runToEnd({ PORT: '0', ...env });
  expect(code).toBe(1);
  expect(output).not.toContain('secret');
  for (const name of Object.keys(env)) {
    expect(output).toContain(`${name}: `);
  }
});

test(
  'a PostgreSQL server that cannot be reached is named without the password',
  limit,
  async () => {
    const { code, output } = await runToEnd({
      PORT: '0',
      DATABASE_URL: 'postgres://user:secret@127.0.0.1/catalog',
    });
    expect(code).toBe(1);
    expect(output).not.toContain('secret');
  },
);

describeWith('redis')('a password that Redis refuses', limit, () => {
  test.each(['1', '2'])('is in no log line at any level (%s processes)', async (WORKERS) => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const operator = new Redis(redis.url);
    await operator.config('SET', 'requirepass', 'other');
    operator.disconnect();
    const redisUrl = redis.url.replace('redis://', 'redis://default:secret@');
    const api = await startApi({ env: { WORKERS, REDIS_URL: redisUrl, LOG_LEVEL: 'debug' } });
    onTestFinished(() => api.stop());
    await eventually(() => expect(api.logLines().join('\n')).toContain('WRONGPASS'), {
      timeoutMs: 15_000,
    });
    for (const path of ['/health/ready', '/metrics', '/products']) {
      expect(await (await fetch(`${api.baseUrl}${path}`)).text()).not.toContain('secret');
    }
    await api.stop();
    expect(api.logLines().join('\n')).not.toContain('secret');
  });
});
