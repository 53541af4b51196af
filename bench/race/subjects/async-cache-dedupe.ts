import { once } from 'node:events';
import { createCache, type StorageRedisOptions } from 'async-cache-dedupe';
import { Redis, type RedisOptions } from 'ioredis';
import type { Row } from '../source.js';
import type { Subject } from '../subject.js';
import { strictIoredisOptions } from './strict-redis-options.js';

const TTL = 60;
const LIBRARY = 'async-cache-dedupe';
const DOCUMENTATION = 'https://github.com/mcollina/async-cache-dedupe#readme';

/** Redis storage, as in `createCache(opts)`; `clear(name, arg)` removes one entry. */
export const asyncCacheDedupeOnRedis: Subject = {
  library: LIBRARY,
  setup: 'Redis storage',
  documentation: DOCUMENTATION,
  drivers: ['ioredis'],
  async connect(redisUrl) {
    const client = await connectTo(redisUrl);
    const cache = createCache({ ttl: TTL, storage: { type: 'redis', options: { client } } }).define(
      'product',
      { serialize },
      load,
    );
    return {
      read: (id, loadRow) => cache.product({ id, loadRow }),
      invalidate: ({ id }) => cache.clear('product', { id }),
      close: () => close(client),
    };
  },
};

/** With the time limits of the Redis client, and with "Invalidation" by reference. */
export const asyncCacheDedupeStrict: Subject = {
  library: LIBRARY,
  setup: 'Redis storage, references, command timeout 500 ms, no offline queue',
  documentation: DOCUMENTATION,
  drivers: ['ioredis'],
  async connect(redisUrl) {
    const client = await connectTo(redisUrl, strictIoredisOptions);
    const options = { client, invalidation: { referencesTTL: TTL } };
    const cache = createCache({ ttl: TTL, storage: { type: 'redis', options } }).define(
      'product',
      { serialize, references: ({ id }: Argument) => [reference(id)] },
      load,
    );
    return {
      read: (id, loadRow) => cache.product({ id, loadRow }),
      async invalidate({ id }) {
        await cache.clear('product', { id });
        await cache.invalidateAll(reference(id));
      },
      close: () => close(client),
    };
  },
};

/** The argument of the cached function; only the id is part of the key. */
interface Argument {
  readonly id: string;
  readonly loadRow: () => Promise<Row>;
}

const serialize = ({ id }: Argument) => id;
const load = ({ loadRow }: Argument) => loadRow();
const reference = (id: string) => `product:${id}`;

async function connectTo(
  redisUrl: string,
  options: RedisOptions = {},
): Promise<StorageRedisOptions['client']> {
  const client = new Redis(redisUrl, options);
  client.on('error', () => {});
  await once(client, 'ready');
  // Its types are for another version of ioredis; it only calls methods that both versions have.
  return client as unknown as StorageRedisOptions['client'];
}

async function close(client: { disconnect(): void }): Promise<void> {
  client.disconnect();
}
