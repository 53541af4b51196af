import type { Database, Prisma } from '@product-api/database';
import { type StoredProduct, toStoredProduct } from './product-row.js';

/** A product of a page, with the value that the page is sorted by; times are in milliseconds since 1970. */
export interface PageRow {
  readonly stored: StoredProduct;
  readonly sortValue: string | number;
}

/** Runs a statement of product-page-query.ts; its rows, in their order. */
export async function queryPage(
  client: Database['client'],
  statement: Prisma.Sql,
): Promise<PageRow[]> {
  const [answer] = await client.$queryRaw<{ page: string }[]>(statement);
  const rows: unknown = JSON.parse(answer?.page ?? '');
  if (!Array.isArray(rows)) throw new TypeError('The database answered what is not a page');
  return rows.map(toPageRow);
}

function toPageRow(row: unknown): PageRow {
  const [product, sortValue]: unknown[] = Array.isArray(row) ? row : [];
  if (typeof sortValue !== 'string' && typeof sortValue !== 'number') {
    throw new TypeError('The database answered a row without the value that it is sorted by');
  }
  return { stored: toStoredProduct(product), sortValue };
}
