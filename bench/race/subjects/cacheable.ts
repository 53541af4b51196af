import KeyvRedis, { createKeyvNonBlocking } from '@keyv/redis';
import { RedisMessageProvider } from '@qified/redis';
import { Cacheable } from 'cacheable';
import type { Row } from '../source.js';
import type { CacheInstance, Subject } from '../subject.js';
import { strictNodeRedisOptions } from './strict-redis-options.js';

const LIBRARY = 'cacheable';
const DOCUMENTATION = 'https://github.com/jaredwray/cacheable/tree/main/packages/cacheable#readme';

/** Memory before Redis, as in "Basic Usage"; "CacheableSync" keeps all processes consistent. */
export const cacheableInTwoTiers: Subject = {
  library: LIBRARY,
  setup: 'memory and Redis, CacheableSync',
  documentation: DOCUMENTATION,
  drivers: ['@keyv/redis', '@qified/redis'],
  note: 'error listeners were added to the private Redis clients of @qified/redis; without them the process ends when Redis does',
  async connect(redisUrl) {
    const provider = new RedisMessageProvider({ uri: redisUrl });
    // The clients are private, but without error listeners the process ends when Redis does.
    const clients = [provider['pub'], provider['sub']];
    for (const client of clients) {
      client.on('error', () => {});
    }
    const secondary = new KeyvRedis(redisUrl);
    const cache = new Cacheable({ secondary, ttl: '1m', sync: { qified: provider } });
    return instanceOf(cache, async () => {
      for (const client of clients) {
        client.destroy();
      }
      await secondary.disconnect(true);
    });
  },
};

/** As "Non-Blocking with @keyv/redis" advises for a Redis that may not reply, with a time limit. */
export const cacheableNonBlocking: Subject = {
  library: LIBRARY,
  setup: 'memory and Redis, non-blocking, socket timeout 500 ms, no offline queue',
  documentation: DOCUMENTATION,
  drivers: ['@keyv/redis'],
  async connect(redisUrl) {
    const secondary = createKeyvNonBlocking(strictNodeRedisOptions(redisUrl));
    const cache = new Cacheable({ secondary, ttl: '1m', nonBlocking: true });
    return instanceOf(cache, () => secondary.disconnect());
  },
};

function instanceOf(cache: Cacheable, close: () => Promise<unknown>): CacheInstance {
  cache.on('error', () => {});
  return {
    async read(id, load) {
      const row = await cache.getOrSet<Row>(id, load, { throwErrors: true });
      if (row === undefined) {
        throw new Error('cacheable returned no value');
      }
      return row;
    },
    invalidate: ({ id }) => cache.delete(id),
    async close() {
      await close();
    },
  };
}
