import { httpRequest } from '../load/http-request.js';
import type { Workload } from './workload.js';

/** How many products the measured pages have. */
export const pageSize = 50;

/** The most that the service gives at once, for a quick walk. */
const largestPage = 200;

/** Reads the first page of the list. */
export const firstPage: Workload = {
  status: 200,
  order: 'rotate',
  requests: () => [httpRequest(`GET /products?limit=${pageSize}`)],
};

/** Reads the page of the list that ends at this depth, by the cursor that the page before gives. */
export function deepPage(depth: number): Workload {
  return {
    status: 200,
    order: 'rotate',
    async requests({ baseUrl }) {
      const cursor = await walkTo(depth - pageSize, `${baseUrl}/products`);
      return [httpRequest(`GET /products?limit=${pageSize}&cursor=${cursor}`)];
    },
  };
}

async function walkTo(depth: number, listUrl: string): Promise<string> {
  let cursor = '';
  for (let walked = 0; walked < depth; ) {
    const limit = Math.min(largestPage, depth - walked);
    const from = cursor === '' ? '' : `&cursor=${cursor}`;
    const response = await fetch(`${listUrl}?limit=${limit}${from}`);
    // The contract says so; null is a list that ends too early.
    const page = (await response.json()) as { next_cursor: string | null };
    if (page.next_cursor === null) {
      throw new Error(`The list ends before ${depth} products`);
    }
    cursor = encodeURIComponent(page.next_cursor);
    walked += limit;
  }
  return cursor;
}
