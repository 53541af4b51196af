import { cachified } from '@epic-web/cachified';
import { type RedisLikeCache, redisCacheAdapter } from 'cachified-redis-adapter';
import { createClient, type RedisClientOptions } from 'redis';
import type { CacheInstance, Subject } from '../subject.js';
import { strictNodeRedisOptions } from './strict-redis-options.js';

const LIBRARY = '@epic-web/cachified';
const DOCUMENTATION = 'https://github.com/epicweb-dev/cachified#adapters';
const drivers = ['cachified-redis-adapter', 'redis'];

/** With the Redis adapter of "Adapters". */
export const cachifiedOnRedis: Subject = {
  library: LIBRARY,
  setup: 'Redis adapter',
  documentation: DOCUMENTATION,
  drivers,
  connect: (redisUrl) => connect({ url: redisUrl }),
};

/** The same, with the time limits of the Redis client. */
export const cachifiedStrict: Subject = {
  library: LIBRARY,
  setup: 'Redis adapter, socket timeout 500 ms, no offline queue',
  documentation: DOCUMENTATION,
  drivers,
  connect: (redisUrl) => connect(strictNodeRedisOptions(redisUrl)),
};

async function connect(options: RedisClientOptions): Promise<CacheInstance> {
  const redis = createClient(options);
  redis.on('error', () => {});
  await redis.connect();
  const adapted: RedisLikeCache = {
    set: (key, value, expiry) => redis.set(key, value, expiry),
    get: (key) => redis.get(key),
    del: (key) => redis.del(key),
  };
  const cache = redisCacheAdapter(adapted);
  return {
    read: (id, load) => cachified({ key: id, cache, ttl: 60_000, getFreshValue: load }),
    async invalidate({ id }) {
      await cache.delete(id);
    },
    async close() {
      if (redis.isOpen) {
        redis.destroy();
      }
    },
  };
}
