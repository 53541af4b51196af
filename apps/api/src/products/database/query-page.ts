import type { Database, Prisma } from '@product-api/database';
import { type StoredProduct, toStoredProduct } from './product-row.js';

/** A product of a page, with the value that the page is sorted by; times are in milliseconds since 1970. */
export interface PageRow {
  readonly stored: StoredProduct;
  readonly sortValue: string | number;
}

/** The rows of a page. */
export interface PageRows {
  /** The rows that fit into the page, in their order; maybe the one after it, too. */
  readonly rows: readonly PageRow[];
  /** How many rows there are for the page and the one after. */
  readonly found: number;
  /** How long their JSON is, in characters: about what the page takes in a response. */
  readonly size: number;
}

/** Runs a statement of product-page-query.ts. */
export async function queryPage(
  client: Database['client'],
  statement: Prisma.Sql,
): Promise<PageRows> {
  const [result] = await client.$queryRaw<{ page: string; found: number | bigint }[]>(statement);
  const { page = '', found = 0 } = result ?? {};
  const rows: unknown = JSON.parse(page);
  if (!Array.isArray(rows)) {
    throw new TypeError('The database returned something else than a page');
  }
  return { rows: rows.map(toPageRow), found: Number(found), size: page.length };
}

function toPageRow(row: unknown): PageRow {
  const [product, sortValue]: unknown[] = Array.isArray(row) ? row : [];
  if (typeof sortValue !== 'string' && typeof sortValue !== 'number') {
    throw new TypeError('The database returned a row without the value that it is sorted by');
  }
  return { stored: toStoredProduct(product), sortValue };
}
