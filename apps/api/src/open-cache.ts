import {
  type Cache,
  type CacheStore,
  createCache,
  createNearStore,
  createRedisStore,
  createRelayedMemoryStore,
  type RelayOptions,
  type StoreEvent,
} from '@product-api/cache';
import type { Product } from '@product-api/contract';
import type { Database } from '@product-api/database';
import type { Logger } from 'pino';
import { logCacheEvent, logStoreEvent } from './cache-log.js';
import type { Config } from './config.js';
import { productChangeLog } from './products/product-change-log.js';
import { productCodec } from './products/product-codec.js';

/** Milliseconds that a start waits for the store, so that the first requests find the cache in use. */
const STORE_START_MS = 1000;

/** Milliseconds that a load from the database can take at most, with a wide margin. */
const LONGEST_LOAD_MS = 60_000;

/** Milliseconds after which a hit that differs from the database is stale; a near tier adds its own. */
const STALE_AFTER_MS = { redis: 1000, near: 2000 };

/**
 * Opens the cache of products: in Redis where that is configured, else in this process. Either
 * follows the database's log of changes, so that it also sees those of other processes.
 */
export async function openCache(
  config: Config,
  logger: Logger,
  database: Database,
): Promise<Cache<Product>> {
  return createCache({
    store: await openStore(config, logger, relayOptions(config, database)),
    codec: productCodec,
    ttlSeconds: config.CACHE_TTL_SECONDS,
    audit: { boundMs: config.CACHE_NEAR ? STALE_AFTER_MS.near : STALE_AFTER_MS.redis },
    onEvent: (event) => logCacheEvent(logger, event),
  });
}

function relayOptions(config: Config, { changeLog }: Database): RelayOptions {
  const longestLifeMs = config.CACHE_TTL_SECONDS * 1000 + LONGEST_LOAD_MS;
  const retention = { keepMs: longestLifeMs, keepAtMost: config.CACHE_LOG_MAX_ENTRIES };
  return {
    changeLog: productChangeLog(changeLog, retention),
    longestLifeMs,
    pollMs: config.CACHE_POLL_MS,
  };
}

async function openStore(config: Config, logger: Logger, relay: RelayOptions): Promise<CacheStore> {
  const onEvent = (event: StoreEvent) => logStoreEvent(logger, event);
  if (!config.REDIS_URL) {
    const memory = createRelayedMemoryStore({ maxBytes: config.CACHE_MAX_BYTES, relay, onEvent });
    await memory.waitUntilReady(STORE_START_MS);
    return memory;
  }
  const redis = {
    url: config.REDIS_URL,
    namespace: `${config.CACHE_NAMESPACE}product:`,
    onEvent,
  };
  const store = createRedisStore({
    ...redis,
    watermarkKey: `${config.CACHE_NAMESPACE}cache:applied`,
    timeoutMs: config.REDIS_TIMEOUT_MS,
    relay,
  });
  if (!(await store.waitUntilReady(STORE_START_MS))) {
    logger.warn('Redis does not answer: serving from the database alone until it does');
  }
  if (!config.CACHE_NEAR) return store;
  return createNearStore(store, { ...redis, maxBytes: config.CACHE_NEAR_MAX_BYTES });
}
