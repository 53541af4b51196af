import type { AuditCounts } from './audit/hit-auditor.js';
import { assembleCache } from './cache-assembly.js';
import { type CacheOptions, cacheSettings } from './cache-options.js';
import type { CachePeek, CacheRead, Load } from './read/cache-read.js';
import { createLoadMany } from './read/load-many.js';
import { SingleFlight } from './read/single-flight.js';
import type { StoreState } from './store/cache-store.js';

/**
 * A cache in front of a slower source. A read never returns a value older than an invalidation that
 * was acknowledged before the read began. Reads work without the store while it cannot be used.
 */
export interface Cache<V> {
  /**
   * Returns the store's value if it is valid: the hit path. An invalid text is deleted. Never
   * rejects; a failure of the store is a miss. All keys that are requested in one turn of the event
   * loop are read with one command. While the stored text stays the same, `peek` returns the same
   * object, so callers must not change it.
   *
   * @param load if given, is used in the background to refresh entries that are about to expire and
   * to audit a sample of the hits.
   */
  peek(key: string, load?: Load<V>): Promise<CachePeek<V> | undefined>;

  /**
   * Returns the results of `peek` for several keys, in their order. The keys are read with one
   * command of their own.
   */
  peekMany(keys: readonly string[], load?: Load<V>): Promise<(CachePeek<V> | undefined)[]>;

  /**
   * Returns the length of the text that the latest hit of a key had, in UTF-16 code units.
   * Undefined if this process does not remember a hit. A caller can divide its keys into parts that
   * the store returns in a short time.
   */
  knownLength(key: string): number | undefined;

  /**
   * Loads the value and stores it, or stores its absence: the miss path. Callers for the same key
   * share one load.
   *
   * @throws {Error} when `load` or the codec's `encode` fails, with its error; nothing is stored.
   * @throws {TypeError} when the codec encodes a value as `null`.
   */
  load(key: string, load: Load<V>): Promise<CacheRead<V>>;

  /** Returns the result of `peek` or, after a miss, of `load`. */
  getOrLoad(key: string, load: Load<V>): Promise<CacheRead<V>>;

  /**
   * Returns the results of `load` for different keys, by key. The loads begin in the same turn of
   * the event loop, so that their source can read them with one statement; only loads of keys that
   * another reader is filling may begin later.
   *
   * @throws {Error} when a load fails, with the error of the first one.
   */
  loadMany(keys: readonly string[], load: Load<V>): Promise<ReadonlyMap<string, CacheRead<V>>>;

  /**
   * Returns the results of `peekMany` and, after misses, of `loadMany`, for several keys.
   *
   * @throws {Error} when a load fails, with the error of the first one.
   */
  getMany(keys: Iterable<string>, load: Load<V>): Promise<Map<string, CacheRead<V>>>;

  /**
   * Removes values older than a version, and a stored absence. Call it after each write was
   * committed, including the creation of a value: reads that begin after it has settled see the
   * write. Never rejects.
   */
  invalidate(key: string, version: number): Promise<void>;

  /** Returns the results of the audits of hits since the start. */
  audits(): AuditCounts;

  /** Returns whether the store is used at this moment. */
  state(): StoreState;

  /** Closes the store, within a bounded time. Never rejects. */
  close(): Promise<void>;
}

/**
 * Creates a cache.
 *
 * @throws {RangeError} when a time to live or `ttlJitter` is out of range.
 *
 * @example
 * ```ts
 * const cache = createCache<Note>({
 *   store: createMemoryStore(),
 *   codec: {
 *     encode: (note) => JSON.stringify(note),
 *     decode: (text, key) => parseNote(text, key), // undefined for an invalid text
 *   },
 *   onEvent: (event) => logger.debug(event),
 * });
 * const { source, value } = await cache.getOrLoad('42', loadNote); // 'miss', then 'hit'
 * ```
 */
export function createCache<V>(options: CacheOptions<V>): Cache<V> {
  const settings = cacheSettings(options);
  const { store, onEvent } = settings;
  const { hitPath, followMissPath, expiries, auditor } = assembleCache(settings);
  const flights = new SingleFlight<CacheRead<V>>();

  const cache: Cache<V> = {
    ...hitPath,
    loadMany: createLoadMany({ flights, followMissPath }),

    load: (key, load) => flights.run(key, (onLoaded) => followMissPath(key, load, { onLoaded })),

    async getOrLoad(key, load) {
      return (await cache.peek(key, load)) ?? cache.load(key, load);
    },

    async getMany(keys, load) {
      const different = [...new Set(keys)];
      const hits = await cache.peekMany(different, load);
      const missed = different.filter((_, index) => hits[index] === undefined);
      const loads = await cache.loadMany(missed, load);
      const reads = new Map<string, CacheRead<V>>();
      for (const [index, key] of different.entries()) {
        const read = hits[index] ?? loads.get(key);
        if (read !== undefined) {
          reads.set(key, read);
        }
      }
      return reads;
    },

    async invalidate(key, version) {
      expiries.forget(key);
      const outcome = await store.invalidate(key, version);
      flights.detach(key);
      if (outcome === 'deferred') {
        onEvent({ type: 'invalidation-deferred', key, version });
      }
    },

    audits: auditor.counts,
    state: () => store.state(),

    close() {
      auditor.close();
      return store.close();
    },
  };
  return cache;
}
