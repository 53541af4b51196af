import type { Database, Prisma } from '@product-api/database';
import { type StoredProduct, toStoredProduct } from './product-row.js';

/**
 * A product on a page, with the value that the page is sorted by. Times are milliseconds since
 * 1970.
 */
export interface PageRow {
  readonly stored: StoredProduct;
  readonly sortValue: string | number;
}

/** Runs a statement and returns its rows. */
export type ReadRows = Database['slowRead'];

/** The result of a page query. */
export interface PageRows {
  /** The rows of the page, in order, possibly followed by the first row of the next page. */
  readonly rows: readonly PageRow[];
  /**
   * The number of rows found, at most one more than the page may have, also those too large for it.
   */
  readonly found: number;
  /** The length of the JSON in characters: roughly the size of the response. */
  readonly size: number;
}

/**
 * Runs a statement that `selectPage` built.
 *
 * @throws {TypeError} when the database returns something else than a page
 */
export async function queryPage(read: ReadRows, statement: Prisma.Sql): Promise<PageRows> {
  const [result] = await read<{ page: string; found: number | bigint }>(statement);
  const { page = 'null', found = 0 } = result ?? {};
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
