import { Redis } from 'ioredis-6';
import type { Workload } from './experiment.js';
import type { HttpRequest } from './load/send-load.js';
import { CREATED_AT, cursorAfter, HOT_PRODUCTS, product, productId, redisKey } from './product.js';

const PAGE_SIZE = 50;
const SMALL_PAGE_SIZE = 20;

const hotIds = Array.from({ length: HOT_PRODUCTS }, (_, n) => productId(n));
const hotPaths = hotIds.map((id) => `/products/${id}`);

/** Reads the hot products, which are all in the server's cache after the first time. */
export const cachedReads = repeated(hotPaths.map(get));

/** The number of products in a batch. */
export const BATCH_SIZE = 100;

/** Gets the hot products in batches; each batch begins one product after the one before. */
export const cachedBatches = repeated(
  hotIds.map((_, first) => {
    const ids = Array.from({ length: BATCH_SIZE }, (_, n) => hotIds[(first + n) % HOT_PRODUCTS]);
    return withBody('POST', '/products/batch-get', { ids });
  }),
);

/** Reads the hot products with their entity tags, so that every response is a 304. */
export const conditionalReads: Workload = {
  order: 'repeat',
  status: 304,
  requests: ({ url }) =>
    Promise.all(
      hotPaths.map(async (path) => {
        const { headers } = await fetch(`${url}${path}`, { method: 'HEAD' });
        return { ...get(path), headers: { 'If-None-Match': headers.get('etag') ?? '' } };
      }),
    ),
};

/** Reads the first page of the list. */
export const firstPage = repeated([get(`/products?limit=${PAGE_SIZE}`)]);

/** Reads a first page of 20, the default size. */
export const smallPage = repeated([get(`/products?limit=${SMALL_PAGE_SIZE}`)]);

/** Reads the first page of a search. */
export function search(query: string): Workload {
  return repeated([get(`/products?${query}`)]);
}

/** Reads the page of the list that ends at this depth. */
export function deepPage(depth: number): Workload {
  const last = depth - PAGE_SIZE - 1;
  const cursor = cursorAfter(CREATED_AT + last, productId(last));
  return repeated([get(`/products?limit=${PAGE_SIZE}&cursor=${cursor}`)]);
}

/** Reads `count` uncached products per round, each once, from a database with `total` products. */
export function uncachedReads(count: number, total: number): Workload {
  return {
    order: 'once',
    async requests({ redisUrl }, round) {
      const first = (round * count) % Math.max(1, total - count);
      const ids = Array.from({ length: count }, (_, index) => productId(first + index));
      const redis = new Redis(redisUrl);
      const keys = ids.map(redisKey);
      await redis.unlink(...keys, ...keys.map((key) => `fence:{${key}}`));
      await redis.quit();
      return ids.map((id) => get(`/products/${id}`));
    },
  };
}

/** Creates products by bodies of this many bytes, most of which is an unknown field. */
export function creates(bytes: number): Workload {
  const body = { ...product(0), name: 'Created', padding: '' };
  body.padding = 'x'.repeat(bytes - JSON.stringify(body).length);
  return { ...repeated([withBody('POST', '/products', body)]), status: 201 };
}

/** Changes the stock of so many of the hot products, to one number and to another in turn. */
export function updatesOf(products: number): Workload {
  return repeated(
    [7, 8].flatMap((stock_quantity) =>
      hotPaths.slice(0, products).map((path) => withBody('PUT', path, { stock_quantity })),
    ),
  );
}

/** Changes the stock of all hot products. */
export const updates = updatesOf(HOT_PRODUCTS);

/** Old changes that a follower reads. */
const OLD_CHANGES = 100_000;

/** Changes of a page. */
const CHANGES_PAGE_SIZE = 200;

/** Reads the pages of many old changes, each once. The first round makes them, by an import. */
export const oldChanges: Workload = {
  order: 'once',
  async requests({ url }, round) {
    if (round === 0) {
      const lines = Array.from({ length: OLD_CHANGES }, (_, n) => {
        const { name, description, price, stock_quantity } = product(n);
        return JSON.stringify({ name, description, price, stock_quantity });
      });
      const headers = { 'Content-Type': 'application/x-ndjson' };
      const body = lines.join('\n');
      await (await fetch(`${url}/imports/products`, { method: 'POST', headers, body })).text();
    }
    const requests: HttpRequest[] = [];
    let after = (await readJson(`${url}/changes?after=${UNKNOWN_CURSOR}`)).earliest_cursor;
    while (requests.length * CHANGES_PAGE_SIZE < OLD_CHANGES) {
      const path = `/changes?after=${after}&limit=${CHANGES_PAGE_SIZE}`;
      requests.push(get(path));
      after = (await readJson(`${url}${path}`)).next_cursor;
    }
    return requests;
  },
};

/** A cursor of another database: the refusal names the first one of this database. */
const UNKNOWN_CURSOR = Buffer.from('0.1.').toString('base64url');

/** Reads a response of the feed of changes. */
async function readJson(url: string) {
  // The contract declares one or the other.
  return (await (await fetch(url)).json()) as Record<'earliest_cursor' | 'next_cursor', string>;
}

/** Adds a piece to the stock of so many of the hot products, one after the other. */
export function adjustments(products: number): Workload {
  return repeated(
    hotPaths
      .slice(0, products)
      .map((path) => withBody('POST', `${path}/stock-adjustments`, { delta: 1 })),
  );
}

/** Deletes this many products per round; the database must have enough of them. */
export function deletes(count: number): Workload {
  return {
    order: 'once',
    requests: (_server, round) =>
      Array.from({ length: count }, (_, index) => {
        return { method: 'DELETE', path: `/products/${productId(round * count + index)}` };
      }),
  };
}

function repeated(requests: readonly HttpRequest[]): Workload {
  return { order: 'repeat', requests: () => requests };
}

function get(path: string): HttpRequest {
  return { method: 'GET', path };
}

function withBody(method: 'POST' | 'PUT', path: string, body: object): HttpRequest {
  const headers = { 'Content-Type': 'application/json' };
  return { method, path, headers, body: JSON.stringify(body) };
}
