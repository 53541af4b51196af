import type { AuditCounts } from './audit/hit-auditor.js';
import { assembleCache } from './cache-assembly.js';
import { type CacheOptions, cacheSettings } from './cache-options.js';
import type { CachePeek, CacheRead, Load } from './read/cache-read.js';
import { SingleFlight } from './read/single-flight.js';
import type { StoreState } from './store/cache-store.js';

/**
 * A cache in front of a slower source, which never answers something older than an invalidation
 * that was acknowledged before the question, and works without its store.
 */
export interface Cache<V> {
  /**
   * The hit path: what the store knows, if it is valid. An invalid text is deleted. Never rejects;
   * a store that fails is a miss. All that is asked for in one turn of the event loop travels as one
   * command. While a text stays the same, so does its hit, the very object: it is not to be changed.
   *
   * @param load if given, used behind the answer: to load anew what is about to expire, and to
   * audit a sample of the hits.
   */
  peek(key: string, load?: Load<V>): Promise<CachePeek<V> | undefined>;

  /**
   * The miss path: loads the value and stores it, or that there is none. Callers for the same key
   * share one load.
   *
   * @throws whatever `load` or the codec's `encode` throws; nothing is stored then.
   * @throws TypeError when the codec encodes a value as `null`.
   */
  load(key: string, load: Load<V>): Promise<CacheRead<V>>;

  /** `peek`, and `load` if there is nothing. */
  getOrLoad(key: string, load: Load<V>): Promise<CacheRead<V>>;

  /**
   * `getOrLoad` for any number of keys: one round trip for the hits, and the rest as `load` does it,
   * all at a time.
   *
   * @throws what the first of the loads to fail throws.
   */
  getMany(keys: Iterable<string>, load: Load<V>): Promise<Map<string, CacheRead<V>>>;

  /**
   * Removes what is older than a version, and the knowledge that there is nothing. To be called
   * after each write was committed, a creation included; reads that begin after it has settled see
   * the write. Never rejects.
   */
  invalidate(key: string, version: number): Promise<void>;

  /** What the audits of hits have found so far. */
  audits(): AuditCounts;

  /** Whether the store is used at this moment. */
  state(): StoreState;

  /** Closes the store, within a bounded time. Never rejects. */
  close(): Promise<void>;
}

/**
 * Makes a cache.
 *
 * @throws RangeError when a time to live or `ttlJitter` is out of range.
 */
export function createCache<V>(options: CacheOptions<V>): Cache<V> {
  const settings = cacheSettings(options);
  const { store, onEvent } = settings;
  const { peek, followMissPath, book, auditor } = assembleCache(settings);
  const flights = new SingleFlight<CacheRead<V>>();

  const cache: Cache<V> = {
    peek,

    load: (key, load) => flights.run(key, (closeDoors) => followMissPath(key, load, closeDoors)),

    async getOrLoad(key, load) {
      return (await peek(key, load)) ?? cache.load(key, load);
    },

    async getMany(keys, load) {
      const read = async (key: string): Promise<[string, CacheRead<V>]> => [
        key,
        await cache.getOrLoad(key, load),
      ];
      return new Map(await Promise.all([...new Set(keys)].map(read)));
    },

    async invalidate(key, version) {
      book.forget(key);
      const answer = await store.invalidate(key, version);
      flights.detach(key);
      if (answer === 'deferred') {
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
