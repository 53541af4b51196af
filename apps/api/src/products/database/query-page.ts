import type { Database, Prisma } from '@product-api/database';
import { type StoredProduct, toStoredProduct } from './product-row.js';

/**
 * A product of a page, with the value that the page is sorted by. Times are milliseconds since
 * 1970.
 */
export interface PageRow {
  readonly stored: StoredProduct;
  readonly sortValue: string | number;
}

/** The result of a page query. */
export interface PageRows {
  /** The rows that fit the page, in order. The first row of the next page may follow them. */
  readonly rows: readonly PageRow[];
  /** The number of rows found for the page and the one after it, whether or not they fit. */
  readonly found: number;
  /** The length of the rows' JSON in characters: about the size of the page in a response. */
  readonly size: number;
}

/**
 * Runs a statement of product-page-query.ts.
 *
 * @throws {TypeError} when the result is not a page
 */
export async function queryPage(
  client: Database['client'],
  statement: Prisma.Sql,
): Promise<PageRows> {
  const [result] = await client.$queryRaw<{ page: string; found: number | bigint }[]>(statement);
  const { page = '', found = 0 } = result ?? {};
  const rows: unknown = JSON.parse(page);
  if (!Array.isArray(rows)) {
    throw new TypeError('The database returned a page that is not an array');
  }
  return { rows: rows.map(toPageRow), found: Number(found), size: page.length };
}

function toPageRow(row: unknown): PageRow {
  const [product, sortValue]: unknown[] = Array.isArray(row) ? row : [];
  if (typeof sortValue !== 'string' && typeof sortValue !== 'number') {
    throw new TypeError('The database returned a row without the value that the page is sorted by');
  }
  return { stored: toStoredProduct(product), sortValue };
}
