import { once } from 'node:events';
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { redisBusDriver, redisDriver } from 'bentocache/drivers/redis';
import { Redis, type RedisOptions } from 'ioredis';
import type { Subject } from '../subject.js';
import { strictIoredisOptions } from './strict-redis-options.js';

const walkthrough = { ttl: '1m', grace: '6h', graceBackoff: '30s', timeout: '200ms' } as const;

/** Redis alone, as in "Cache drivers", with the grace period and timeout of the "Walkthrough". */
export const bentocacheOnRedis: Subject = {
  library: 'bentocache',
  setup: 'Redis driver, grace period, soft timeout',
  documentation: 'https://bentocache.dev/docs/cache-drivers',
  drivers: ['ioredis'],
  async connect(redisUrl) {
    const bento = new BentoCache({
      ...walkthrough,
      default: 'redis',
      stores: {
        redis: bentostore().useL2Layer(redisDriver({ connection: await connectTo(redisUrl) })),
      },
    });
    return {
      read: (id, load) => bento.getOrSet({ key: id, factory: load }),
      invalidate: ({ id }) => bento.delete({ key: id }),
      close: () => bento.disconnectAll(),
    };
  },
};

/**
 * Two tiers with the bus, as in "Multi tier"; the circuit breaker of "Options" for a failing second
 * tier; the time limits of the Redis driver; and an invalidation by key and by tag.
 */
export const bentocacheInTwoTiers: Subject = {
  library: 'bentocache',
  setup: 'two tiers, bus, tags, circuit breaker, command timeout 500 ms, no offline queue',
  documentation: 'https://bentocache.dev/docs/multi-tier',
  drivers: ['ioredis'],
  async connect(redisUrl) {
    const connection = await connectTo(redisUrl, strictIoredisOptions);
    const { hostname: host, port } = new URL(redisUrl);
    // The bus subscribes before it is connected, so it needs the offline queue.
    const busConnection = {
      ...strictIoredisOptions,
      enableOfflineQueue: true,
      host,
      port: Number(port),
    };
    const bento = new BentoCache({
      ...walkthrough,
      l2CircuitBreakerDuration: '1s',
      default: 'tiers',
      stores: {
        tiers: bentostore()
          .useL1Layer(memoryDriver({ maxSize: '10mb' }))
          .useL2Layer(redisDriver({ connection }))
          .useBus(redisBusDriver({ connection: busConnection })),
      },
    });
    return {
      read: (id, load) => bento.getOrSet({ key: id, factory: load, tags: [id] }),
      async invalidate({ id }) {
        await bento.delete({ key: id });
        await bento.deleteByTag({ tags: [id] });
      },
      close: () => bento.disconnectAll(),
    };
  },
};

async function connectTo(redisUrl: string, options: RedisOptions = {}): Promise<Redis> {
  const redis = new Redis(redisUrl, options);
  redis.on('error', () => {});
  await once(redis, 'ready');
  return redis;
}
