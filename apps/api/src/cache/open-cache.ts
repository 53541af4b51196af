import {
  type Cache,
  type CacheStore,
  createCache,
  createRelayedMemoryStore,
  LAG_TOLERANCE_MS,
  type RedisAddress,
  type RelayOptions,
  type StoreEvent,
  type TokenBuckets,
} from '@product-api/cache';
import type { Product, Readiness } from '@product-api/contract';
import type { Database } from '@product-api/database';
import type { Logger } from 'pino';
import { deferred } from '../concurrency/deferred.js';
import type { Config } from '../config/config.js';
import type { Condition } from '../health/health-service.js';
import type { CacheEventCounts } from '../metrics/collectors/cache-event-counts.js';
import type { ObservableCache } from '../metrics/collectors/cache-state.js';
import { productChangeLog } from '../products/product-change-log.js';
import { productCodec } from '../products/product-codec.js';
import { memoryCondition, redisCondition } from './cache-condition.js';
import { logCacheEvent } from './cache-log.js';
import { redisFailureText } from './redis-failure-text.js';
import { separateCachesReason } from './separate-caches.js';
import { type Explain, REDIS_UNUSABLE, StoreLog } from './store-log.js';

/** Milliseconds that a start waits for the store, so that the first requests can use the cache. */
const STORE_START_MS = 1000;

/** Maximum milliseconds of a load from the database, with a wide margin. */
const LONGEST_LOAD_MS = 60_000;

/** Milliseconds that an audit itself may take. */
const AUDIT_MARGIN_MS = 400;

/** The prefix of the keys of cached products, after `CACHE_NAMESPACE`. */
const PRODUCT_KEY_PREFIX = 'product:';

/** The prefix of the keys of rate limits, after `CACHE_NAMESPACE`. */
const BUCKET_KEY_PREFIX = 'limits:';

/**
 * A Redis key pattern that matches product ids. It matches texts of one length only, so that
 * clearing the empty namespace does not match keys of a namespace such as `product:`.
 */
const PRODUCT_ID_PATTERN = '????????-????-????-????-????????????';

/** The open cache, and functions to observe it. */
export interface OpenCache {
  readonly products: Cache<Product>;
  readonly observable: ObservableCache;
  /** Returns whether the cache is fully used, and if not, why. */
  readonly condition: () => Condition<Readiness['cache']>;
  /** The token buckets in Redis; undefined without Redis or rate limits. */
  readonly tokenBuckets: TokenBuckets | undefined;
}

/**
 * Opens the cache of products: in Redis if `REDIS_URL` is set, else in this process. Both follow
 * the change log of the database, so that they also see changes by other processes.
 */
export async function openCache(
  config: Config,
  logger: Logger,
  database: Database,
  counts: CacheEventCounts,
): Promise<OpenCache> {
  const options = { config, relay: relayOptions(config, database), logger, counts };
  const { store, condition, relayStatus, tokenBuckets } = config.REDIS_URL
    ? await openRedis(config.REDIS_URL, options)
    : await openMemory(options);
  const products = createCache({
    store,
    codec: productCodec,
    ttlSeconds: config.CACHE_TTL_SECONDS,
    audit: { boundMs: staleAfterMs(config) },
    onEvent: (event) => {
      counts.countCacheEvent(event);
      logCacheEvent(logger, event);
    },
  });
  const { state, audits } = products;
  const isFull = () => condition().state === 'full';
  const observable = { state, isFull, audits, relayStatus };
  return { products, observable, condition, tokenBuckets };
}

/**
 * Returns the age in milliseconds at which a hit that differs from the database counts as stale.
 */
function staleAfterMs({ CACHE_POLL_MS }: Config): number {
  return CACHE_POLL_MS + LAG_TOLERANCE_MS + AUDIT_MARGIN_MS;
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

/** Options for both kinds of store. */
interface StoreOptions {
  readonly config: Config;
  readonly relay: RelayOptions;
  readonly logger: Logger;
  readonly counts: CacheEventCounts;
}

/** An open store, and functions to observe it. */
interface OpenStore
  extends Pick<ObservableCache, 'relayStatus'>,
    Pick<OpenCache, 'condition' | 'tokenBuckets'> {
  readonly store: CacheStore;
}

/** Returns a listener that counts and logs the events of a store. */
function observe({ logger, counts }: StoreOptions, explain: Explain) {
  const log = new StoreLog(logger, explain);
  return (event: StoreEvent) => {
    counts.countStoreEvent(event);
    log.log(event);
  };
}

async function openMemory(options: StoreOptions): Promise<OpenStore> {
  const { config, relay, logger } = options;
  // A store in this process has no connection, so its only failures are those of the change log.
  const onEvent = observe(options, ({ message }) => ({ reason: message, remedy: 'see the log' }));
  const store = createRelayedMemoryStore({ maxBytes: config.CACHE_MAX_BYTES, relay, onEvent });
  await store.waitUntilReady(STORE_START_MS);
  const separateCaches = separateCachesReason(config);
  if (separateCaches !== undefined) {
    logger.warn({ reason: separateCaches }, 'the cache is in this process, without Redis');
  }
  const condition = () => memoryCondition(store.state(), separateCaches);
  return { store, condition, relayStatus: store.relayStatus, tokenBuckets: undefined };
}

async function openRedis(address: RedisAddress, options: StoreOptions): Promise<OpenStore> {
  // Loaded when it is used: its driver takes a tenth of a second of processor time.
  const { createRedisStore } = await import('@product-api/cache/redis');
  const { config, relay, logger } = options;
  const observeEvent = observe(options, (failure) => redisFailureText(failure, address));
  const firstFailure = deferred<void>();
  const prefix = config.CACHE_NAMESPACE;
  const store = createRedisStore({
    address,
    prefix,
    namespace: PRODUCT_KEY_PREFIX,
    keyPattern: PRODUCT_ID_PATTERN,
    watermarkKey: `${prefix}cache:applied`,
    claimKey: `${prefix}cache:owner`,
    ...(config.RATE_LIMITS !== 'off' && { bucketPrefix: BUCKET_KEY_PREFIX }),
    onEvent: (event) => {
      observeEvent(event);
      if (event.type === 'unusable') {
        firstFailure.resolve();
      }
    },
    timeoutMs: config.REDIS_TIMEOUT_MS,
    relay,
  });
  const condition = () => redisCondition(store.condition(), address);
  // A Redis that refuses to be used will hardly be ready within that time.
  await Promise.race([store.waitUntilReady(STORE_START_MS), firstFailure.promise]);
  const start = store.condition();
  if (start.state === 'bypassed' && start.failure === undefined) {
    // Redis has not replied yet. Every other reason has been logged by the store's events.
    logger.warn({ reason: condition().reason }, REDIS_UNUSABLE);
  }
  const { relayStatus, tokenBuckets } = store;
  return { store, condition, relayStatus, tokenBuckets };
}
