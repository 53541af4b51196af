import { Redis } from 'ioredis-6';
import { hotProducts, productId, productText } from '../catalog/product.js';

/** Stores all hot products under the keys that the service would give them. */
export async function fillRedis(url: string): Promise<void> {
  const redis = new Redis(url);
  const entries = Array.from({ length: hotProducts }, (_, n) => [key(n), productText(n)]);
  await redis.mset(Object.fromEntries(entries));
  await redis.quit();
}

/** Makes a Redis forget products: their values and what the service keeps beside them. */
export async function forgetProducts(
  url: string,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<void> {
  const redis = new Redis(url);
  const keys = Array.from({ length: count }, (_, index) => key(from + index));
  await redis.unlink(...keys, ...keys.map((value) => `fence:{${value}}`));
  await redis.quit();
}

function key(n: number): string {
  return `product:${productId(n)}`;
}
