import type { AuditOptions } from './audit/hit-auditor.js';
import type { CacheEvent } from './read/cache-event.js';
import type { Codec } from './read/codec.js';
import type { CacheStore } from './store/cache-store.js';

/** What a cache is made of. */
export interface CacheOptions<V> {
  readonly store: CacheStore;
  readonly codec: Codec<V>;
  /** The longest life of an entry, in seconds. Default 3600. */
  readonly ttlSeconds?: number;
  /** The part of an entry's life, from 0 to 1, that chance may take away. Default 0.1. */
  readonly ttlJitter?: number;
  /** How many seconds it is remembered at most that there is no such thing; 0: not. Default 30. */
  readonly absenceTtlSeconds?: number;
  /** Milliseconds after which another reader may load what one has not filled. Default 5000. */
  readonly leaseMs?: number;
  /** Milliseconds to wait for another reader's fill before loading without one. Default 100. */
  readonly leaseWaitMs?: number;
  /** How eagerly entries are loaded anew before they expire: the β of XFetch; 0: never. Default 1. */
  readonly refreshBeta?: number;
  /**
   * Milliseconds that a load is taken to last at least when its refresh is planned, so that keys
   * with some 50 hits a second are refreshed in time although loads are fast. Default 100, at most
   * a tenth of `ttlSeconds`.
   */
  readonly refreshLeadMs?: number;
  /** How hits are compared with their source. */
  readonly audit?: AuditOptions;
  /** The clock, in milliseconds from any start. Default `performance.now`. */
  readonly now?: () => number;
  /** Where chance comes from: a number from 0 up to, not including, 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Called with what happens in the cache; must not throw. */
  readonly onEvent?: (event: CacheEvent) => void;
}

/** The options with their defaults. */
export type CacheSettings<V> = Required<CacheOptions<V>>;

/** Fills in what is not given. */
export function cacheSettings<V>(options: CacheOptions<V>): CacheSettings<V> {
  const { ttlSeconds = 3600 } = options;
  return {
    ttlSeconds,
    ttlJitter: 0.1,
    absenceTtlSeconds: 30,
    leaseMs: 5000,
    leaseWaitMs: 100,
    refreshBeta: 1,
    refreshLeadMs: Math.min(100, ttlSeconds * 100),
    audit: {},
    now: () => performance.now(),
    random: Math.random,
    onEvent: () => undefined,
    ...options,
  };
}
