export { type Cache, type CacheOptions, createCache } from './cache.js';
export type { CacheEvent, StoreEvent, StoreOperation } from './cache-event.js';
export type {
  CacheAbsence,
  CacheHit,
  CacheLoad,
  CacheRead,
  Load,
  Loaded,
} from './cache-read.js';
export type { CacheStore, Fill, FillAnswer, LeaseAnswer, StoreState } from './cache-store.js';
export type { Codec } from './codec.js';
export { createMemoryStore, type MemoryStoreOptions } from './memory-store.js';
export { createRedisStore, type RedisStore, type RedisStoreOptions } from './redis/redis-store.js';
export { StoreUnavailableError } from './store-unavailable-error.js';
