import {
  type Cache,
  type CacheStore,
  createCache,
  createRedisStore,
  createRelayedMemoryStore,
  type RedisAddress,
  type RelayOptions,
  type StoreEvent,
} from '@product-api/cache';
import type { Product, Readiness } from '@product-api/contract';
import type { Database } from '@product-api/database';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import type { Condition } from '../health/health-service.js';
import type { CacheEventCounts } from '../metrics/collectors/cache-event-counts.js';
import type { ObservableCache } from '../metrics/collectors/cache-state.js';
import { productChangeLog } from '../products/product-change-log.js';
import { productCodec } from '../products/product-codec.js';
import { memoryCondition, redisCondition } from './cache-condition.js';
import { logCacheEvent } from './cache-log.js';
import { redisFailureText } from './redis-failure-text.js';
import { type Explain, REDIS_UNUSABLE, StoreLog } from './store-log.js';

/** Milliseconds that a start waits for the store, so that the first requests find the cache in use. */
const STORE_START_MS = 1000;

/** Milliseconds that a load from the database can take at most, with a wide margin. */
const LONGEST_LOAD_MS = 60_000;

/**
 * Milliseconds beyond the poll interval after which a hit that differs from the database is stale: a
 * cache is read for 350 without a look, and the rest is for what the audit itself takes.
 */
const STALE_BEYOND_POLL_MS = 750;

/** What the keys of cached products begin with, behind `CACHE_NAMESPACE`. */
const PRODUCT_KEY_PREFIX = 'product:';

/**
 * The ids of products, as Redis matches keys. They have one length, so that a namespace such as
 * `product:` has no key that clearing the empty namespace would find.
 */
const PRODUCT_ID_PATTERN = '????????-????-????-????-????????????';

/** The cache, and what can be asked of it. */
export interface OpenCache {
  readonly products: Cache<Product>;
  readonly observable: ObservableCache;
  /** Whether the cache is used, and if not, or not for everything, why. */
  readonly condition: () => Condition<Readiness['cache']>;
}

/**
 * Opens the cache of products: in Redis where that is configured, else in this process. Either
 * follows the database's log of changes, so that it also sees those of other processes.
 */
export async function openCache(
  config: Config,
  logger: Logger,
  database: Database,
  counts: CacheEventCounts,
): Promise<OpenCache> {
  const options = { config, relay: relayOptions(config, database), logger, counts };
  const { store, condition, relayStatus } = config.REDIS_URL
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
  return { products, observable, condition };
}

function staleAfterMs({ CACHE_POLL_MS }: Config): number {
  return CACHE_POLL_MS + STALE_BEYOND_POLL_MS;
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

/** What both kinds of store are made from. */
interface StoreOptions {
  readonly config: Config;
  readonly relay: RelayOptions;
  readonly logger: Logger;
  readonly counts: CacheEventCounts;
}

/** A store, and what can be asked of it. */
interface OpenStore extends Pick<ObservableCache, 'relayStatus'>, Pick<OpenCache, 'condition'> {
  readonly store: CacheStore;
}

/** Counts and logs what happens to a store. */
function observe({ logger, counts }: StoreOptions, explain: Explain) {
  const log = new StoreLog(logger, explain);
  return (event: StoreEvent) => {
    counts.countStoreEvent(event);
    log.log(event);
  };
}

async function openMemory(options: StoreOptions): Promise<OpenStore> {
  const { config, relay } = options;
  // A store in this process has no connection that could fail.
  const onEvent = observe(options, ({ message }) => ({ reason: message, remedy: 'see the log' }));
  const store = createRelayedMemoryStore({ maxBytes: config.CACHE_MAX_BYTES, relay, onEvent });
  await store.waitUntilReady(STORE_START_MS);
  const condition = () => memoryCondition(store.state());
  return { store, condition, relayStatus: store.relayStatus };
}

async function openRedis(address: RedisAddress, options: StoreOptions): Promise<OpenStore> {
  const { config, relay, logger } = options;
  const onEvent = observe(options, (failure) => redisFailureText(failure, address));
  const prefix = config.CACHE_NAMESPACE;
  const store = createRedisStore({
    address,
    prefix,
    namespace: PRODUCT_KEY_PREFIX,
    keyPattern: PRODUCT_ID_PATTERN,
    watermarkKey: `${prefix}cache:applied`,
    claimKey: `${prefix}cache:owner`,
    onEvent,
    timeoutMs: config.REDIS_TIMEOUT_MS,
    relay,
  });
  const condition = () => redisCondition(store.condition(), address);
  await store.waitUntilReady(STORE_START_MS);
  const start = store.condition();
  if (start.state === 'bypassed' && start.failure === undefined) {
    // Every other reason was logged when it was found.
    logger.warn({ reason: condition().reason }, REDIS_UNUSABLE);
  }
  return { store, condition, relayStatus: store.relayStatus };
}
