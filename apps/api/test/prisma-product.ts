import type { CreateProduct, Product } from '@product-api/contract';
import type { Database, Product as ProductRow } from '@product-api/database';
import { fromPriceUnits, toPriceUnits } from '../src/products/database/price-units.js';
import { now } from './open-catalog.js';

/**
 * Returns a product as data for Prisma's `create` and `createMany`. A column of the schema that is
 * missing here does not compile.
 */
export function toData(id: string, product: CreateProduct): Omit<ProductRow, 'version'> {
  const { name, description, price, stock_quantity } = product;
  const priceUnits = BigInt(toPriceUnits(price));
  const stockQuantity = BigInt(stock_quantity);
  return { id, name, description, priceUnits, stockQuantity, createdAt: now, updatedAt: now };
}

/**
 * Returns the product of one of Prisma's rows. A field of the contract that is missing here does
 * not compile.
 */
export function fromRow(row: ProductRow): { [Field in keyof Required<Product>]: Product[Field] } {
  const price = fromPriceUnits(Number(row.priceUnits));
  const { id, name, description } = row;
  return { id, name, description, price, stock_quantity: Number(row.stockQuantity) };
}

/** Returns the bytes and the type of every value that SQLite stores in a row, except its id. */
export async function storedBytes({ client }: Database, id: string): Promise<unknown> {
  const columns = await client.$queryRaw<{ name: string }[]>`
    SELECT name FROM pragma_table_info('products') WHERE name <> 'id'`;
  const values = columns.map(({ name }) => `hex(${name}) || typeof(${name}) AS ${name}`);
  return client.$queryRawUnsafe(`SELECT ${values.join(', ')} FROM products WHERE id = ?`, id);
}
