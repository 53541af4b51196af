import type { Contender } from './contender.js';
import {
  asyncCacheDedupeOnRedis,
  asyncCacheDedupeStrict,
} from './contenders/async-cache-dedupe.js';
import { bentocacheInTwoTiers, bentocacheOnRedis } from './contenders/bentocache.js';
import { cacheManagerOnRedis, cacheManagerStrict } from './contenders/cache-manager.js';
import { cacheableInTwoTiers, cacheableNonBlocking } from './contenders/cacheable.js';
import { cachifiedOnRedis, cachifiedStrict } from './contenders/cachified.js';
import { productApiCache } from './contenders/product-api-cache.js';

/**
 * Who races. Every library comes first in the setup that its documentation shows for Redis, and
 * then with those documented options that bear most on these scenarios.
 */
export const contenders: readonly Contender[] = [
  productApiCache,
  bentocacheOnRedis,
  bentocacheInTwoTiers,
  cacheableInTwoTiers,
  cacheableNonBlocking,
  cacheManagerOnRedis,
  cacheManagerStrict,
  cachifiedOnRedis,
  cachifiedStrict,
  asyncCacheDedupeOnRedis,
  asyncCacheDedupeStrict,
];
