import type { AuditOptions } from './audit/hit-auditor.js';
import type { CacheEvent } from './read/cache-event.js';
import type { Codec } from './read/codec.js';
import type { CacheStore } from './store/cache-store.js';

/** Options for `createCache`. */
export interface CacheOptions<V> {
  readonly store: CacheStore;
  readonly codec: Codec<V>;
  /** The longest time to live of an entry, in seconds. Default 3600. */
  readonly ttlSeconds?: number;
  /** The fraction of the time to live, from 0 to 1, that may be cut off at random. Default 0.1. */
  readonly ttlJitter?: number;
  /** The time to live of a stored absence, in seconds; 0: do not store it. Default 30. */
  readonly absenceTtlSeconds?: number;
  /** Milliseconds after which another reader may take a lease that was not filled. Default 5000. */
  readonly leaseMs?: number;
  /** Milliseconds to wait for another reader's fill before loading without a lease. Default 100. */
  readonly leaseWaitMs?: number;
  /** The β of XFetch: larger refreshes earlier before expiry; 0 switches it off. Default 1. */
  readonly refreshBeta?: number;
  /**
   * The shortest load time that the planning of a refresh assumes, in milliseconds. It lets keys
   * with some 50 hits a second be refreshed in time although their loads are fast. Default 100, at
   * most a tenth of `ttlSeconds`.
   */
  readonly refreshLeadMs?: number;
  /** Options for the comparison of hits with their source. */
  readonly audit?: AuditOptions;
  /** A monotonic clock, in milliseconds. Default `performance.now`. */
  readonly now?: () => number;
  /** Returns a random number from 0 (inclusive) to 1 (exclusive). Default `Math.random`. */
  readonly random?: () => number;
  /** Called with each event of the cache. Must not throw. */
  readonly onEvent?: (event: CacheEvent) => void;
}

/** The options with all defaults filled in. */
export type CacheSettings<V> = Required<CacheOptions<V>>;

/** Fills in the defaults. */
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
