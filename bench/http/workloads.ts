import { Redis } from 'ioredis-6';
import type { Target, Workload } from './experiment.js';
import type { HttpRequest } from './load/send-load.js';
import { HOT_PRODUCTS, product, productId, SAMPLE_DESCRIPTION } from './product.js';

const PAGE_SIZE = 50;

/** The service's largest page. */
const LARGEST_PAGE = 200;

const hotPaths = Array.from({ length: HOT_PRODUCTS }, (_, n) => `/products/${productId(n)}`);

/** Reads the hot products, which are all in the server's cache after the first time. */
export const cachedReads: Workload = {
  ...repeated(() => hotPaths.map((path) => ({ method: 'GET', path }))),
  hits: true,
};

/** Reads the hot products with their entity tags, so that every response is a 304. */
export const conditionalReads: Workload = {
  ...repeated(({ baseUrl }) =>
    Promise.all(
      hotPaths.map(async (path) => {
        const response = await fetch(`${baseUrl}${path}`);
        await response.arrayBuffer();
        const tag = response.headers.get('etag') ?? '';
        return { method: 'GET', path, headers: { 'If-None-Match': tag } } as const;
      }),
    ),
  ),
  status: 304,
};

/** Reads the first page of the list. */
export const firstPage = repeated(() => [{ method: 'GET', path: `/products?limit=${PAGE_SIZE}` }]);

/** Reads the page of the list that ends at this depth. */
export function deepPage(depth: number): Workload {
  return repeated(async ({ baseUrl }) => {
    const cursor = await cursorAt(depth - PAGE_SIZE, baseUrl);
    return [{ method: 'GET', path: `/products?limit=${PAGE_SIZE}&cursor=${cursor}` }];
  });
}

/** Reads `count` uncached products per round, each once, from a database with `total` products. */
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

/** Creates this many products per round. */
export function creates(count: number): Workload {
  return writes(201, count, ({ round }, index) => {
    const body = JSON.stringify(newProduct(`Created ${round} ${index}`));
    return { method: 'POST', path: '/products', body };
  });
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
  return writes(200, count, ({ round }, index) => {
    const path = `/products/${productId(index % HOT_PRODUCTS)}`;
    return { method: 'PUT', path, body: JSON.stringify({ stock_quantity: round + index }) };
  });
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
  const products = Array.from({ length: HOT_PRODUCTS }, (_, n) => product(n));
  const entries = products.map((entry) => [redisKey(entry.id), JSON.stringify(entry)]);
  await redis.mset(Object.fromEntries(entries));
  await redis.quit();
}

function repeated(requests: Workload['requests']): Workload {
  return { status: 200, order: 'repeat', requests };
}

function writes(
  status: number,
  count: number,
  request: (target: Target, index: number) => HttpRequest,
): Workload {
  const requests = (target: Target) =>
    Array.from({ length: count }, (_, index) => request(target, index));
  return { status, order: 'once', requests };
}

function newProduct(name: string) {
  return { name, description: SAMPLE_DESCRIPTION, price: 29.99, stock_quantity: 100 };
}

function redisKey(id: string): string {
  return `product:${id}`;
}

async function cursorAt(depth: number, baseUrl: string): Promise<string> {
  let cursor = '';
  for (let read = 0; read < depth; read += LARGEST_PAGE) {
    const limit = Math.min(LARGEST_PAGE, depth - read);
    const response = await fetch(
      `${baseUrl}/products?limit=${limit}${cursor && `&cursor=${cursor}`}`,
    );
    // The contract defines this field; it is null after the last page.
    const { next_cursor } = (await response.json()) as { next_cursor: string | null };
    cursor = encodeURIComponent(next_cursor ?? '');
  }
  return cursor;
}
