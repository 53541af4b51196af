import { randomUUID } from 'node:crypto';
import { type Client, createClient } from '@product-api/client';
import { type RunningApi, sharedRedis, startApi } from '@product-api/testing';
import { Redis } from 'ioredis';

/** A running API on a real Redis, with what a test needs to drive the one and look into the other. */
export interface ApiOnRedis {
  readonly api: RunningApi;
  readonly client: Client;
  readonly redis: Redis;
  /** The key of a product's cached value. */
  key(id: string): string;
  stop(): Promise<void>;
}

/** Milliseconds: on a busy machine, a test that expects a hit is not to be served without Redis. */
const shortRedisTimeoutMs = '2000';

/** Starts an API with a cache namespace of its own, on a Redis that other tests may be using too. */
export async function startApiOnRedis(env: Record<string, string> = {}): Promise<ApiOnRedis> {
  const server = await sharedRedis();
  const namespace = `test-${randomUUID()}:`;
  const api = await startApi({
    env: {
      REDIS_URL: server.url,
      REDIS_TIMEOUT_MS: shortRedisTimeoutMs,
      CACHE_NAMESPACE: namespace,
      ...env,
    },
  });
  const redis = new Redis(server.url);
  return {
    api,
    client: createClient({ baseUrl: api.baseUrl }),
    redis,
    key: (id) => `${namespace}product:${id}`,
    async stop() {
      await api.stop();
      await redis.quit();
      await server.stop();
    },
  };
}
