import { once } from 'node:events';
import { createCache, type StorageRedisOptions } from 'async-cache-dedupe';
import { Redis, type RedisOptions } from 'ioredis';
import type { Contender } from '../contender.js';
import type { Row } from '../source.js';
import { strictIoredisOptions } from './strict-redis-options.js';

const ttl = 60;
const library = 'async-cache-dedupe';
const documentation = 'https://github.com/mcollina/async-cache-dedupe#readme';

/** Redis storage, as under `createCache(opts)`; one entry is removed with `clear(name, arg)`. */
export const asyncCacheDedupeOnRedis: Contender = {
  library,
  setup: 'Redis storage',
  documentation,
  drivers: ['ioredis'],
  async connect(redisUrl) {
    const client = await connectTo(redisUrl);
    const cache = createCache({ ttl, storage: { type: 'redis', options: { client } } }).define(
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

/** With the time limits of the client, and with "Invalidation" by reference besides. */
export const asyncCacheDedupeStrict: Contender = {
  library,
  setup: 'Redis storage, references, command timeout 500 ms, no offline queue',
  documentation,
  drivers: ['ioredis'],
  async connect(redisUrl) {
    const client = await connectTo(redisUrl, strictIoredisOptions);
    const options = { client, invalidation: { referencesTTL: ttl } };
    const cache = createCache({ ttl, storage: { type: 'redis', options } }).define(
      'product',
      { serialize, references: ({ id }: Question) => [reference(id)] },
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

/** What the cached function is asked; only the id makes the key. */
interface Question {
  readonly id: string;
  readonly loadRow: () => Promise<Row>;
}

const serialize = ({ id }: Question) => id;
const load = ({ loadRow }: Question) => loadRow();
const reference = (id: string) => `product:${id}`;

async function connectTo(
  redisUrl: string,
  options: RedisOptions = {},
): Promise<StorageRedisOptions['client']> {
  const client = new Redis(redisUrl, options);
  client.on('error', () => {});
  await once(client, 'ready');
  // Its types mean an ioredis of whatever version is installed beside it; it just calls the client.
  return client as unknown as StorageRedisOptions['client'];
}

async function close(client: { disconnect(): void }): Promise<void> {
  client.disconnect();
}
