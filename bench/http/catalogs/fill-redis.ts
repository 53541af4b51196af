import { Redis } from 'ioredis-6';
import { HOT_PRODUCTS, product, redisKey } from '../product.js';

/** Stores all hot products under the keys that the service uses. */
export async function fillRedis(url: string): Promise<void> {
  const redis = new Redis(url);
  const products = Array.from({ length: HOT_PRODUCTS }, (_, n) => product(n));
  await redis.mset(products.flatMap((each) => [redisKey(each.id), JSON.stringify(each)]));
  await redis.quit();
}
