import KeyvRedis from '@keyv/redis';
import { createCache } from 'cache-manager';
import { Keyv } from 'keyv';
import type { CacheInstance, Contender } from '../contender.js';
import { strictNodeRedisOptions } from './strict-redis-options.js';

/** Redis alone: there is no means to keep the memory tiers of several processes alike. */
export const cacheManagerOnRedis: Contender = {
  library: 'cache-manager',
  setup: 'Redis store',
  documentation: 'https://github.com/jaredwray/cacheable/tree/main/packages/cache-manager#readme',
  drivers: ['@keyv/redis'],
  async connect(redisUrl) {
    const store = new KeyvRedis(redisUrl);
    return instanceOf(new Keyv({ store }), store);
  },
};

/** With what "Gracefully Handling Errors and Timeouts" of @keyv/redis and its client offer. */
export const cacheManagerStrict: Contender = {
  library: 'cache-manager',
  setup: 'Redis store, errors thrown, socket timeout 500 ms, no offline queue',
  documentation: 'https://github.com/jaredwray/keyv/tree/main/storage/redis#readme',
  drivers: ['@keyv/redis'],
  async connect(redisUrl) {
    const store = new KeyvRedis(strictNodeRedisOptions(redisUrl), { throwOnErrors: true });
    return instanceOf(new Keyv({ store, throwOnErrors: true }), store);
  },
};

function instanceOf(keyv: Keyv, store: KeyvRedis<unknown>): CacheInstance {
  keyv.on('error', () => {});
  const cache = createCache({ stores: [keyv], ttl: 60_000 });
  return {
    read: (id, load) => cache.wrap(id, load),
    invalidate: ({ id }) => cache.del(id),
    close: () => store.disconnect(true),
  };
}
