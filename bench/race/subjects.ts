import type { Subject } from './subject.js';
import { asyncCacheDedupeOnRedis, asyncCacheDedupeStrict } from './subjects/async-cache-dedupe.js';
import { bentocacheInTwoTiers, bentocacheOnRedis } from './subjects/bentocache.js';
import { cacheManagerOnRedis, cacheManagerStrict } from './subjects/cache-manager.js';
import { cacheableInTwoTiers, cacheableNonBlocking } from './subjects/cacheable.js';
import { cachifiedOnRedis, cachifiedStrict } from './subjects/cachified.js';
import { productApiCache } from './subjects/product-api-cache.js';

/**
 * All subjects. Each library comes first in the setup that its documentation shows for Redis, and
 * then with the documented options that matter most in these scenarios.
 */
export const subjects: readonly Subject[] = [
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
