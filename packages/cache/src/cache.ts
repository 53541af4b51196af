import type { CacheEvent } from './cache-event.js';
import type { CacheHit, CacheRead, Load } from './cache-read.js';
import type { CacheStore, StoreState } from './cache-store.js';
import type { Codec } from './codec.js';
import { createEntryTtl } from './entry-ttl.js';
import { createFailsafe } from './failsafe.js';
import { createLeaseAcquisition } from './lease-acquisition.js';
import { createMissPath } from './miss-path.js';
import { SingleFlight } from './single-flight.js';
import { createValueCheck } from './value-check.js';

/** What a cache is made of. */
export interface CacheOptions<V> {
  readonly store: CacheStore;
  readonly codec: Codec<V>;
  /** The longest life of an entry, in seconds. Default 3600. */
  readonly ttlSeconds?: number;
  /** The part of `ttlSeconds`, from 0 to 1, that chance may take away. Default 0.1. */
  readonly ttlJitter?: number;
  /** Milliseconds after which another reader may load what one has not filled. Default 5000. */
  readonly leaseMs?: number;
  /** Milliseconds to wait for another reader's fill before loading without one. Default 100. */
  readonly leaseWaitMs?: number;
  /** Where chance comes from: a number from 0 up to, not including, 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Called with what happens in the cache; must not throw. */
  readonly onEvent?: (event: CacheEvent) => void;
}

/**
 * A cache in front of a slower source, which never answers something older than an invalidation
 * that was acknowledged before the question, and works without its store.
 */
export interface Cache<V> {
  /**
   * The hit path: what the store holds, if it is valid. An invalid text is deleted. Never rejects;
   * a store that fails is a miss.
   */
  peek(key: string): Promise<CacheHit<V> | undefined>;

  /**
   * The miss path: loads the value and stores it. Callers for the same key share one load.
   *
   * @throws whatever `load` or the codec's `encode` throws; nothing is stored then.
   */
  load(key: string, load: Load<V>): Promise<CacheRead<V>>;

  /** `peek`, and `load` if there is nothing. */
  getOrLoad(key: string, load: Load<V>): Promise<CacheRead<V>>;

  /**
   * Removes what is older than a version. To be called after the write was committed; reads that
   * begin after it has settled see the write. Never rejects.
   */
  invalidate(key: string, version: number): Promise<void>;

  /** Whether the store is used at this moment. */
  state(): StoreState;

  /** Closes the store, within a bounded time. Never rejects. */
  close(): Promise<void>;
}

/**
 * Makes a cache.
 *
 * @throws RangeError when `ttlSeconds` or `ttlJitter` is out of range.
 */
export function createCache<V>(options: CacheOptions<V>): Cache<V> {
  const { store, onEvent = () => undefined } = options;
  const { codec, leaseMs = 5000, leaseWaitMs = 100, random = Math.random } = options;
  const { ttlSeconds = 3600, ttlJitter = 0.1 } = options;
  const failsafe = createFailsafe(store, onEvent);
  const checkValue = createValueCheck({ codec, failsafe, onEvent });
  const followMissPath = createMissPath({
    codec,
    failsafe,
    acquireLease: createLeaseAcquisition({ failsafe, checkValue, leaseMs, leaseWaitMs, random }),
    entryTtlMs: createEntryTtl({ ttlSeconds, ttlJitter, random }),
    onEvent,
  });
  const flights = new SingleFlight<CacheRead<V>>();

  const cache: Cache<V> = {
    async peek(key) {
      const text = await failsafe('get', key, (usable) => usable.get(key));
      return text === undefined ? undefined : checkValue(key, text);
    },

    load: (key, load) => flights.run(key, (closeDoors) => followMissPath(key, load, closeDoors)),

    async getOrLoad(key, load) {
      return (await cache.peek(key)) ?? cache.load(key, load);
    },

    async invalidate(key, version) {
      const answer = await store.invalidate(key, version);
      flights.detach(key);
      if (answer === 'deferred') {
        onEvent({ type: 'invalidation-deferred', key, version });
      }
    },

    state: () => store.state(),
    close: () => store.close(),
  };
  return cache;
}
