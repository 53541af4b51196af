import { Redis } from 'ioredis-6';
import { type CostCache, cachedValue } from './cost-cache.js';

const TTL_SECONDS = 3600;

/**
 * Cache-aside as it is usually written: GET, SET with a time to live, DEL. It can return old
 * values.
 */
export function plainCache(url: string, namespace: string): CostCache {
  const redis = new Redis(url);
  const read = async (key: string) => {
    const text = await redis.get(`${namespace}${key}`);
    return text === null ? undefined : JSON.parse(text);
  };
  return {
    hit: read,
    async miss(key) {
      const found = await read(key);
      if (found !== undefined) {
        return found;
      }
      await redis.set(`${namespace}${key}`, JSON.stringify(cachedValue), 'EX', TTL_SECONDS);
      return cachedValue;
    },
    invalidate: (key) => redis.del(`${namespace}${key}`),
    close: async () => {
      await redis.quit();
    },
  };
}
