import type { CreateProduct, Product } from '@product-api/contract';
import type { Database, Dialect, Product as ProductRow } from '@product-api/database';
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

/**
 * Returns the bytes and the type of every value that the database stores in a row, except its id
 * and the number of its search entry.
 */
export function storedBytes({ client, dialect }: Database, id: string): Promise<unknown> {
  return bytesOf[dialect](client, id);
}

const bytesOf: Record<Dialect, (client: Database['client'], id: string) => Promise<unknown>> = {
  async sqlite(client, id) {
    const columns = await client.$queryRaw<{ name: string }[]>`
      SELECT name FROM pragma_table_info('products') WHERE name NOT IN ('id', 'search_number')`;
    const values = columns.map(({ name }) => `hex(${name}) || typeof(${name}) AS ${name}`);
    return client.$queryRawUnsafe(`SELECT ${values.join(', ')} FROM products WHERE id = ?`, id);
  },

  // The binary form of a row has the type and the bytes of each column.
  postgresql: (client, id) => client.$queryRaw`
    SELECT encode(record_send((
      SELECT row(name, description, price_units, stock_quantity, version, created_at, updated_at)
      FROM products WHERE id = ${id}::uuid
    )), 'hex') AS bytes`,
};
