import { hotProducts, productId } from '../catalog/product.js';
import { httpRequest } from '../load/http-request.js';
import { forgetProducts } from '../servers/fill-redis.js';
import type { Target, Workload } from './workload.js';

/** Reads the hot products, which the server has in its cache after the first time. */
export const cachedReads: Workload = {
  status: 200,
  order: 'rotate',
  requests: () => hotPaths().map((path) => httpRequest(`GET ${path}`)),
  check: expectHit,
};

/** Asks for the hot products with the entity tag that each has: nothing but 304 is answered. */
export const conditionalReads: Workload = {
  status: 304,
  order: 'rotate',
  async requests({ baseUrl }) {
    const requests: string[] = [];
    for (const path of hotPaths()) {
      const response = await fetch(`${baseUrl}${path}`);
      await response.arrayBuffer();
      const tag = response.headers.get('etag');
      if (tag === null) {
        throw new Error(`${path} has no entity tag`);
      }
      requests.push(httpRequest(`GET ${path}`, { headers: { 'If-None-Match': tag } }));
    }
    return requests;
  },
};

/**
 * Reads products that are in the database alone, each once in a round.
 *
 * @param count how many a round has
 * @param among how many the database has; after the last comes the first again
 */
export function uncachedReads(count: number, among: number): Workload {
  return {
    status: 200,
    order: 'once',
    async requests({ redisUrl, round }) {
      const from = (round * count) % Math.max(1, among - count);
      await forgetProducts(redisUrl, { from, count });
      return Array.from({ length: count }, (_, index) =>
        httpRequest(`GET /products/${productId(from + index)}`),
      );
    },
  };
}

function hotPaths(): `/products/${string}`[] {
  return Array.from({ length: hotProducts }, (_, n) => `/products/${productId(n)}` as const);
}

/** A server that says where its answer comes from must say that it comes from the cache. */
async function expectHit({ baseUrl }: Target): Promise<void> {
  const response = await fetch(`${baseUrl}/products/${productId(1)}`);
  await response.arrayBuffer();
  const source = response.headers.get('x-cache');
  if (source !== null && source !== 'HIT') {
    throw new Error(`A hot product was a ${source}`);
  }
}
