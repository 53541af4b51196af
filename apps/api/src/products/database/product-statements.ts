import { Prisma } from '@product-api/database';
import { toPriceUnits } from './price-units.js';
import { productColumns } from './product-row.js';
import type { ProductDelete, ProductInsert, ProductUpdate } from './product-writes.js';

/** What the statements answer for each row that they found, stored, changed or removed, in no certain order. */
const product = Prisma.sql`json_array(${productColumns}) AS product`;

/** Reads the rows with these ids; one that is named twice is answered once. */
export function selectRows(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT ${product} FROM products
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
}

/** Stores rows, all or none. */
export function insertRows(inserts: readonly ProductInsert[]): Prisma.Sql {
  const rows = inserts.map(({ id, product: { name, description, price, stock_quantity }, at }) => [
    id,
    name,
    description,
    toPriceUnits(price),
    stock_quantity,
    at.getTime(),
  ]);
  return Prisma.sql`
    INSERT INTO products
      (id, name, description, price_units, stock_quantity, created_at, updated_at)
    SELECT
      value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 5
    FROM json_each(${JSON.stringify(rows)})
    RETURNING ${product}`;
}

/** Changes different rows, all or none: each once, where it has the version that is meant. */
export function updateRows(updates: readonly ProductUpdate[]): Prisma.Sql {
  // JSON prints as null what is undefined: any version, or a member that stays.
  const rows = updates.map(({ id, version, changes, at }) => [
    id,
    version,
    changes.name,
    changes.description,
    changes.price === undefined ? undefined : toPriceUnits(changes.price),
    changes.stock_quantity,
    at.getTime(),
  ]);
  return Prisma.sql`
    UPDATE products SET
      name = coalesce(change ->> 2, name),
      description = coalesce(change ->> 3, description),
      price_units = coalesce(change ->> 4, price_units),
      stock_quantity = coalesce(change ->> 5, stock_quantity),
      version = version + 1,
      updated_at = change ->> 6
    FROM (SELECT value AS change FROM json_each(${JSON.stringify(rows)}))
    WHERE id = change ->> 0 AND version = coalesce(change ->> 1, version)
    RETURNING ${product}`;
}

/** Removes rows, all or none, where they have the version that is meant. */
export function deleteRows(deletes: readonly ProductDelete[]): Prisma.Sql {
  const rows = deletes.map(({ id, version }) => [id, version]);
  return Prisma.sql`
    DELETE FROM products
    WHERE id IN (
      SELECT products.id FROM json_each(${JSON.stringify(rows)}) CROSS JOIN products
      ON products.id = value ->> 0 AND version = coalesce(value ->> 1, version)
    )
    RETURNING ${product}`;
}
