import {
  type Cache,
  type CacheStore,
  createCache,
  createMemoryStore,
  createRedisStore,
} from '@product-api/cache';
import type { Product } from '@product-api/contract';
import type { Logger } from 'pino';
import { logCacheEvent, logStoreEvent } from './cache-log.js';
import type { Config } from './config.js';
import { productCodec } from './products/product-codec.js';

/** Milliseconds that a start waits for Redis, so that the first requests find the cache in use. */
const REDIS_START_MS = 1000;

/** Opens the cache of products: in Redis where that is configured, else in this process. */
export async function openCache(config: Config, logger: Logger): Promise<Cache<Product>> {
  return createCache({
    store: await openStore(config, logger),
    codec: productCodec,
    ttlSeconds: config.CACHE_TTL_SECONDS,
    onEvent: (event) => logCacheEvent(logger, event),
  });
}

async function openStore(config: Config, logger: Logger): Promise<CacheStore> {
  if (!config.REDIS_URL) return createMemoryStore({ maxBytes: config.CACHE_MAX_BYTES });
  const store = createRedisStore({
    url: config.REDIS_URL,
    namespace: `${config.CACHE_NAMESPACE}product:`,
    timeoutMs: config.REDIS_TIMEOUT_MS,
    onEvent: (event) => logStoreEvent(logger, event),
  });
  if (!(await store.waitUntilReady(REDIS_START_MS))) {
    logger.warn('Redis does not answer: serving from the database alone until it does');
  }
  return store;
}
