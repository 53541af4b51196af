import { Redis } from 'ioredis-6';
import type { Target, Workload } from './experiment.js';
import { HOT_PRODUCTS, product, productId, SAMPLE_DESCRIPTION } from './product.js';

/** The number of products on a measured page. */
export const PAGE_SIZE = 50;

/** The service's largest page. */
const LARGEST_PAGE = 200;

/** Reads the hot products, which are all in the server's cache after the first time. */
export const cachedReads: Workload = {
  status: 200,
  order: 'repeat',
  requests: () => hotPaths().map((path) => ({ method: 'GET', path })),
  async check({ baseUrl }) {
    const response = await fetch(`${baseUrl}/products/${productId(1)}`);
    await response.arrayBuffer();
    // Only the service and one peer have this header.
    const source = response.headers.get('x-cache') ?? 'HIT';
    if (source !== 'HIT') {
      throw new Error(`Expected a hot product to be a HIT, received ${source}`);
    }
  },
};

/** Reads the hot products with their entity tags, so that every response is a 304. */
export const conditionalReads: Workload = {
  status: 304,
  order: 'repeat',
  requests: ({ baseUrl }) =>
    Promise.all(
      hotPaths().map(async (path) => {
        const response = await fetch(`${baseUrl}${path}`);
        await response.arrayBuffer();
        const tag = response.headers.get('etag') ?? '';
        return { method: 'GET', path, headers: { 'If-None-Match': tag } } as const;
      }),
    ),
};

/**
 * Reads products that are not cached, each once per round.
 *
 * @param count products per round
 * @param total products in the database; after the last one the first follows
 */
export function uncachedReads(count: number, total: number): Workload {
  return {
    status: 200,
    order: 'once',
    async requests({ redisUrl, round }) {
      const first = (round * count) % Math.max(1, total - count);
      const ids = Array.from({ length: count }, (_, index) => productId(first + index));
      const redis = new Redis(redisUrl);
      const keys = ids.map(redisKey);
      await redis.unlink(...keys, ...keys.map((key) => `fence:{${key}}`));
      await redis.quit();
      return ids.map((id) => ({ method: 'GET', path: `/products/${id}` }));
    },
  };
}

/** Reads the first page of the list. */
export const firstPage: Workload = {
  status: 200,
  order: 'repeat',
  requests: () => [{ method: 'GET', path: `/products?limit=${PAGE_SIZE}` }],
};

/** Reads the page of the list that ends at this depth. */
export function deepPage(depth: number): Workload {
  return {
    status: 200,
    order: 'repeat',
    async requests({ baseUrl }) {
      const cursor = await cursorAt(depth - PAGE_SIZE, baseUrl);
      return [{ method: 'GET', path: `/products?limit=${PAGE_SIZE}&cursor=${cursor}` }];
    },
  };
}

/** Creates this many products per round. */
export function creates(count: number): Workload {
  return writes(201, count, ({ round }, index) => ({
    method: 'POST',
    path: '/products',
    body: JSON.stringify(newProduct(`Created ${round} ${index}`)),
  }));
}

/** Creates products with a body of about this many bytes, most of which is an unknown field. */
export function createsOfSize(bytes: number, count: number): Workload {
  const size = JSON.stringify({ ...newProduct('Large'), padding: '' }).length;
  const padding = 'x'.repeat(Math.max(0, bytes - size));
  const body = JSON.stringify({ ...newProduct('Large'), padding });
  return writes(201, count, () => ({ method: 'POST', path: '/products', body }));
}

/** Changes the stock of this many hot products per round. */
export function updates(count: number): Workload {
  return writes(200, count, ({ round }, index) => ({
    method: 'PUT',
    path: `/products/${productId(index % HOT_PRODUCTS)}`,
    body: JSON.stringify({ stock_quantity: round + index }),
  }));
}

/** Deletes this many products per round; the database must have enough of them. */
export function deletes(count: number): Workload {
  return writes(204, count, ({ round }, index) => ({
    method: 'DELETE',
    path: `/products/${productId(round * count + index)}`,
  }));
}

/** Stores all hot products under the keys that the service uses. */
export async function fillRedis(url: string): Promise<void> {
  const redis = new Redis(url);
  const entries = Array.from({ length: HOT_PRODUCTS }, (_, n) => product(n));
  await redis.mset(
    Object.fromEntries(entries.map((entry) => [redisKey(entry.id), JSON.stringify(entry)])),
  );
  await redis.quit();
}

type WriteRequest = Awaited<ReturnType<Workload['requests']>>[number];

function writes(
  status: number,
  count: number,
  request: (target: Target, index: number) => WriteRequest,
): Workload {
  return {
    status,
    order: 'once',
    requests: (target) => Array.from({ length: count }, (_, index) => request(target, index)),
  };
}

function newProduct(name: string) {
  return { name, description: SAMPLE_DESCRIPTION, price: 29.99, stock_quantity: 100 };
}

function hotPaths(): string[] {
  return Array.from({ length: HOT_PRODUCTS }, (_, n) => `/products/${productId(n)}`);
}

function redisKey(id: string): string {
  return `product:${id}`;
}

async function cursorAt(depth: number, baseUrl: string): Promise<string> {
  let cursor = '';
  for (let read = 0; read < depth; ) {
    const limit = Math.min(LARGEST_PAGE, depth - read);
    const response = await fetch(
      `${baseUrl}/products?limit=${limit}${cursor && `&cursor=${cursor}`}`,
    );
    // The contract defines this field; it is null after the last page.
    const { next_cursor } = (await response.json()) as { next_cursor: string | null };
    if (next_cursor === null) {
      throw new Error(`The list has fewer than ${depth} products`);
    }
    cursor = encodeURIComponent(next_cursor);
    read += limit;
  }
  return cursor;
}
