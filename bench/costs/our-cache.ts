import { type ChangeLog, type Codec, createCache, parseRedisUrl } from '@product-api/cache';
import { createRedisStore } from '@product-api/cache/redis';
import { type CostCache, cachedValue } from './cost-cache.js';

const codec: Codec<unknown> = {
  encode: (value) => JSON.stringify(value),
  decode: (text) => JSON.parse(text),
};

/** A change log that stays empty: the relay polls it as usual and has nothing to do. */
const emptyLog: ChangeLog = {
  head: async () => ({ databaseId: 'costs', seq: 0, mark: undefined }),
  start: async () => ({ seq: 1, reachMs: Number.POSITIVE_INFINITY }),
  read: async () => [],
  prune: async () => undefined,
};

/** The cache of this repository with its defaults. */
export async function ourCache(url: string, namespace: string): Promise<CostCache> {
  const store = createRedisStore({
    address: parseRedisUrl(url),
    namespace,
    watermarkKey: 'cache:applied',
    // A stall of the machine must not make the cache bypass Redis.
    timeoutMs: 5000,
    relay: { changeLog: emptyLog, longestLifeMs: 3_600_000 },
  });
  await store.waitUntilReady(5000);
  const cache = createCache({ store, codec });
  const load = async () => ({ value: cachedValue, version: 1 });
  return {
    hit: (key) => cache.peek(key, load),
    miss: (key) => cache.getOrLoad(key, load),
    invalidate: (key, version) => cache.invalidate(key, version),
    close: () => cache.close(),
  };
}
