import type { Product } from '@product-api/contract';
import { type Database, Prisma } from '@product-api/database';
import { fromPriceUnits } from './price-units.js';

/** A product with the version of its row, which rises with every change. */
export interface StoredProduct {
  readonly product: Product;
  readonly version: number;
}

type ProductRow = readonly [
  id: string,
  name: string,
  description: string,
  priceUnits: number,
  stockQuantity: number,
  version: number,
];

const rowTypes = ['string', 'string', 'string', 'number', 'number', 'number'];

/**
 * The columns of a product. Statements answer them as one JSON array, because every value that
 * Prisma hands over costs more than to print and parse them all. Its numbers are exact: the
 * database's constraints keep prices and stock below 2^53.
 */
export const productColumns = Prisma.sql`id, name, description, price_units, stock_quantity, version`;

/**
 * Makes a product of such an array, parsed.
 * @throws TypeError for anything else
 */
export function toStoredProduct(row: unknown): StoredProduct {
  if (!isProductRow(row)) {
    throw new TypeError('The database answered what is not a product');
  }
  const [id, name, description, priceUnits, stock_quantity, version] = row;
  const price = fromPriceUnits(priceUnits);
  // SQL by hand may leave spaces around a name, which the contract trims wherever it parses a product.
  return { product: { id, name: name.trim(), description, price, stock_quantity }, version };
}

function isProductRow(row: unknown): row is ProductRow {
  return Array.isArray(row) && rowTypes.every((type, index) => typeof row[index] === type);
}

/** Runs a statement of product-statements.ts; its products, under their ids. */
export async function queryProducts(
  client: Database['client'],
  statement: Prisma.Sql,
): Promise<ReadonlyMap<string, StoredProduct>> {
  const rows = await client.$queryRaw<{ product: string }[]>(statement);
  const products = rows.map((row) => toStoredProduct(JSON.parse(row.product)));
  return new Map(products.map((stored) => [stored.product.id, stored]));
}
