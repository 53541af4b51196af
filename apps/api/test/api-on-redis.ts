import { randomUUID } from 'node:crypto';
import { type Client, createClient } from '@product-api/client';
import { type RunningApi, sharedRedis, startApi } from '@product-api/testing';
import { Redis } from 'ioredis';

/** A running API, the Redis that it uses, and clients for both. */
export interface ApiOnRedis {
  readonly api: RunningApi;
  readonly client: Client;
  readonly redis: Redis;
  /** The settings of another API that shares the cache of this one. */
  readonly settings: Readonly<Record<string, string>>;
  /** Returns the Redis key of a cached product. */
  key(id: string): string;
  stop(): Promise<void>;
}

/** A longer timeout in milliseconds, so that the service uses Redis on a busy machine too. */
const REDIS_TIMEOUT_MS = '2000';

/** Starts an API with its own cache namespace on a Redis that other tests may use too. */
export async function startApiOnRedis(env: Record<string, string> = {}): Promise<ApiOnRedis> {
  const server = await sharedRedis();
  const namespace = `test-${randomUUID()}:`;
  const settings = { REDIS_URL: server.url, REDIS_TIMEOUT_MS, CACHE_NAMESPACE: namespace };
  const api = await startApi({ env: { ...settings, ...env } });
  const redis = new Redis(server.url);
  return {
    api,
    client: createClient({ baseUrl: api.baseUrl }),
    redis,
    settings,
    key: (id) => `${namespace}product:${id}`,
    async stop() {
      await api.stop();
      await redis.quit();
      await server.stop();
    },
  };
}
