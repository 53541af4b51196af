import type { Product } from '@product-api/contract';
import { Prisma, type Transaction } from '@product-api/database';
import { columnNames, productColumns, productFields } from './product-columns.js';

/** A product with the version of its row. The version rises with every change. */
export interface StoredProduct {
  readonly product: Product;
  readonly version: number;
}

/** The columns that `toStoredProduct` reads, in its order. */
export const rowColumns = Prisma.raw([...columnNames, 'version'].join(', '));

/**
 * Runs a statement that returns rows of one column `product`, the JSON array of `rowColumns`.
 *
 * @returns the products, by id
 */
export async function queryProducts(
  client: Pick<Transaction, '$queryRaw'>,
  statement: Prisma.Sql,
): Promise<ReadonlyMap<string, StoredProduct>> {
  const rows = await client.$queryRaw<{ product: string }[]>(statement);
  const products = rows.map((row) => toStoredProduct(JSON.parse(row.product)));
  return new Map(products.map((stored) => [stored.product.id, stored]));
}

/** The rows that a statement with a limit has read. */
export interface FirstProducts {
  /** By id. */
  readonly products: ReadonlyMap<string, StoredProduct>;
  /** The ids of the rows that exist and were not read. */
  readonly left: ReadonlySet<string>;
}

/** Runs a statement that `ProductStatements.selectFirstRows` built. */
export async function queryFirstProducts(
  client: Pick<Transaction, '$queryRaw'>,
  statement: Prisma.Sql,
): Promise<FirstProducts> {
  const rows = await client.$queryRaw<{ product: string }[]>(statement);
  const products = new Map<string, StoredProduct>();
  const left = new Set<string>();
  for (const row of rows) {
    const read: unknown = JSON.parse(row.product);
    if (typeof read === 'string') {
      left.add(read);
    } else {
      const stored = toStoredProduct(read);
      products.set(stored.product.id, stored);
    }
  }
  return { products, left };
}

/** Each reads the value of one column into a product. */
const readers = productFields.map((field) => {
  const { fromStored } = productColumns[field];
  return (product: Partial<Record<keyof Product, unknown>>, stored: unknown): void => {
    const value = fromStored(stored);
    // An optional field without a value is left out, as in JSON.
    if (value !== undefined) {
      product[field] = value;
    }
  };
});

/**
 * Reads a product from a parsed JSON array of `rowColumns`.
 *
 * @throws {TypeError} when the value is not such an array
 */
export function toStoredProduct(row: unknown): StoredProduct {
  const version: unknown = Array.isArray(row) ? row[productFields.length] : undefined;
  if (!Array.isArray(row) || typeof version !== 'number') {
    throw new TypeError('The database returned a row that is not a product');
  }
  const product: Partial<Record<keyof Product, unknown>> = {};
  for (let index = 0; index < readers.length; index++) {
    readers[index]?.(product, row[index]);
  }
  // Every field was set from the column of its own type.
  return { product: product as Product, version };
}
