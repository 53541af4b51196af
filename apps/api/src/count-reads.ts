import type { CacheStore } from '@product-api/cache';

/** A store whose reads are counted. */
export interface CountedStore {
  readonly store: CacheStore;
  /** How many keys were asked for so far. */
  reads(): number;
}

/** Counts the keys that a store's hit path is asked for. */
export function countReads(store: CacheStore): CountedStore {
  let reads = 0;
  return {
    store: {
      ...store,
      get(key) {
        reads++;
        return store.get(key);
      },
      getMany(keys) {
        reads += keys.length;
        return store.getMany(keys);
      },
    },
    reads: () => reads,
  };
}
