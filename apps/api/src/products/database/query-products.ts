import type { Database, Prisma } from '@product-api/database';
import { type StoredProduct, toStoredProduct } from './product-row.js';

/** Runs a statement of product-statements.ts; its products, under their ids. */
export async function queryProducts(
  client: Database['client'],
  statement: Prisma.Sql,
): Promise<ReadonlyMap<string, StoredProduct>> {
  const rows = await client.$queryRaw<{ product: string }[]>(statement);
  const products = rows.map((row) => toStoredProduct(JSON.parse(row.product)));
  return new Map(products.map((stored) => [stored.product.id, stored]));
}
