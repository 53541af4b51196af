export type { StaleEvidence } from './audit/hit-audit.js';
export type { AuditCounts, AuditOptions } from './audit/hit-auditor.js';
export { type Cache, createCache } from './cache.js';
export type { CacheEvent, StoreEvent, StoreOperation } from './cache-event.js';
export type { CacheOptions } from './cache-options.js';
export type {
  CacheAbsence,
  CacheHit,
  CacheLoad,
  CachePeek,
  CacheRead,
  KnownAbsence,
  Load,
  Loaded,
} from './cache-read.js';
export type {
  CacheStore,
  Fill,
  FillAnswer,
  LeaseAnswer,
  RefreshAnswer,
  RefreshRequest,
  StoreState,
} from './cache-store.js';
export type { Codec } from './codec.js';
export { createMemoryStore, type MemoryStore, type MemoryStoreOptions } from './memory-store.js';
export { createNearStore, type NearStoreOptions } from './near/near-store.js';
export { parseRedisUrl, RedisUrlError } from './redis/parse-redis-url.js';
export {
  printRedisAddress,
  type RedisAddress,
  type RedisCredentials,
  type RedisHost,
  type RedisSocket,
} from './redis/redis-address.js';
export { createRedisStore, type RedisStore, type RedisStoreOptions } from './redis/redis-store.js';
export type {
  Change,
  ChangeLog,
  LoggedChange,
  LogHead,
  LogMark,
  LogStart,
} from './relay/change-log.js';
export { ChangeLogError } from './relay/change-log-error.js';
export { OutdatedStoreError } from './relay/outdated-store-error.js';
export type { RelayOptions, RelayStatus } from './relay/relay-options.js';
export type { ClearReason } from './relay/relay-plan.js';
export {
  createRelayedMemoryStore,
  type RelayedMemoryStore,
  type RelayedMemoryStoreOptions,
} from './relay/relayed-memory-store.js';
export type { StoreCondition, StoreFailure, StoreFailureKind } from './store-failure.js';
export { StoreUnavailableError } from './store-unavailable-error.js';
