import type { CreateProduct, Product } from '@product-api/contract';
import type { Database, Product as ProductRow } from '@product-api/database';
import { fromPriceUnits, toPriceUnits } from '../src/products/database/price-units.js';
import { now } from './open-catalog.js';

/** A product as data for Prisma's `create` and `createMany`. */
export function toData(id: string, { name, description, price, stock_quantity }: CreateProduct) {
  const priceUnits = BigInt(toPriceUnits(price));
  const stockQuantity = BigInt(stock_quantity);
  return { id, name, description, priceUnits, stockQuantity, createdAt: now, updatedAt: now };
}

/** The product of one of Prisma's rows. */
export function fromRow(row: ProductRow): Product {
  const price = fromPriceUnits(Number(row.priceUnits));
  const { id, name, description } = row;
  return { id, name, description, price, stock_quantity: Number(row.stockQuantity) };
}

/** What SQLite keeps in a row, byte for byte and with each value's type, but for its id. */
export async function storedBytes(database: Database, id: string): Promise<unknown> {
  return database.client.$queryRaw`
    SELECT
      hex(name) || typeof(name) AS name,
      hex(description) || typeof(description) AS description,
      price_units || typeof(price_units) AS price,
      stock_quantity || typeof(stock_quantity) AS stock,
      version || typeof(version) AS version,
      created_at || typeof(created_at) AS created,
      updated_at || typeof(updated_at) AS updated
    FROM products WHERE id = ${id}`;
}
