/**
 * A cache in front of a slower source ("cache-aside"), kept in Redis or in the memory of the
 * process. A hit is never older than an invalidation that was acknowledged before the read began.
 * Requests are served without the cache while its store cannot be used.
 *
 * @example
 * ```ts
 * import { createCache, parseRedisUrl } from '@product-api/cache';
 * // Apart, because the driver takes a tenth of a second to load.
 * import { createRedisStore } from '@product-api/cache/redis';
 *
 * const address = parseRedisUrl('redis://127.0.0.1:6379');
 * const relay = { changeLog, longestLifeMs: 3_660_000 };
 * const store = createRedisStore({ address, namespace: 'note:', relay });
 * const cache = createCache<Note>({ store, codec: noteCodec, ttlSeconds: 3600 });
 *
 * // Read: returns the cached value, or loads and stores it.
 * const { value } = await cache.getOrLoad('42', async (id) => {
 *   const row = await database.findNote(id);
 *   return row && { value: row.note, version: row.version };
 * });
 *
 * // Write: commit first, then invalidate with the version that was written.
 * const { version } = await database.updateNote('42', { text: 'new' });
 * await cache.invalidate('42', version);
 * ```
 *
 * @packageDocumentation
 */

export type { AuditCounts, AuditOptions } from './audit/hit-auditor.js';
export { type Cache, createCache } from './cache.js';
export type { CacheOptions } from './cache-options.js';
export {
  createMemoryStore,
  type MemoryStore,
  type MemoryStoreOptions,
} from './memory/memory-store.js';
export {
  createRelayedMemoryStore,
  type RelayedMemoryStore,
  type RelayedMemoryStoreOptions,
} from './memory/relayed-memory-store.js';
export type { CacheEvent, StaleEvidence, StoreOperation } from './read/cache-event.js';
export type {
  CacheAbsence,
  CacheHit,
  CacheLoad,
  CachePeek,
  CacheRead,
  KnownAbsence,
  Load,
  Loaded,
} from './read/cache-read.js';
export type { Codec } from './read/codec.js';
export { TickBatch, type WaitingRequest } from './read/tick-batch.js';
export { parseRedisUrl, RedisAddressError } from './redis/address/parse-redis-url.js';
export { parseSentinels } from './redis/address/parse-sentinels.js';
export {
  formatRedisAddress,
  type RedisAddress,
  type RedisCredentials,
  type RedisHost,
  type RedisSentinels,
  type RedisSocket,
  type SentinelHost,
} from './redis/address/redis-address.js';
export type { RedisStore } from './redis/redis-store.js';
export type { RedisStoreOptions } from './redis/redis-store-options.js';
export type {
  BucketCharge,
  BucketSize,
  ChargedBucket,
  TokenBuckets,
} from './redis/token-buckets.js';
export type {
  Change,
  ChangeLog,
  LoggedChange,
  LogHead,
  LogMark,
  LogStart,
} from './relay/change-log.js';
export { ChangeLogError, OutdatedStoreError } from './relay/relay-errors.js';
export { LAG_TOLERANCE_MS, type RelayOptions, type RelayStatus } from './relay/relay-options.js';
export {
  type CacheStore,
  type Fill,
  type FillResult,
  type LeaseResult,
  type RefreshRequest,
  type RefreshResult,
  type StoreState,
  StoreUnavailableError,
} from './store/cache-store.js';
export type { ClearReason, StoreEvent } from './store/store-event.js';
export type { StoreCondition, StoreFailure, StoreFailureKind } from './store/store-failure.js';
