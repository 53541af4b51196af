import KeyvRedis from '@keyv/redis';
import { createCache } from 'cache-manager';
import { Keyv } from 'keyv';
import type { CacheInstance, Subject } from '../subject.js';
import { strictNodeRedisOptions } from './strict-redis-options.js';

/** Redis alone, because nothing keeps the memory tiers of several processes consistent. */
export const cacheManagerOnRedis: Subject = {
  library: 'cache-manager',
  setup: 'Redis store',
  documentation: 'https://github.com/jaredwray/cacheable/tree/main/packages/cache-manager#readme',
  drivers: ['@keyv/redis'],
  async connect(redisUrl) {
    const store = new KeyvRedis(redisUrl);
    return instanceOf(new Keyv({ store }), store);
  },
};

/** With the options of "Gracefully Handling Errors and Timeouts" in @keyv/redis. */
export const cacheManagerStrict: Subject = {
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
