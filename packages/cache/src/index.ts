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
export { parseRedisUrl, RedisUrlError } from './redis/address/parse-redis-url.js';
export {
  printRedisAddress,
  type RedisAddress,
  type RedisCredentials,
  type RedisHost,
  type RedisSocket,
} from './redis/address/redis-address.js';
export { createRedisStore, type RedisStore, type RedisStoreOptions } from './redis/redis-store.js';
export type {
  Change,
  ChangeLog,
  LoggedChange,
  LogHead,
  LogMark,
  LogStart,
} from './relay/change-log.js';
export { ChangeLogError, OutdatedStoreError } from './relay/relay-errors.js';
export type { RelayOptions, RelayStatus } from './relay/relay-options.js';
export type {
  CacheStore,
  Fill,
  FillAnswer,
  LeaseAnswer,
  RefreshAnswer,
  RefreshRequest,
  StoreState,
} from './store/cache-store.js';
export type { ClearReason, StoreEvent } from './store/store-event.js';
export type { StoreCondition, StoreFailure, StoreFailureKind } from './store/store-failure.js';
export { StoreUnavailableError } from './store/store-unavailable-error.js';
