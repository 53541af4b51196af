import type { Product } from '@product-api/contract';
import { Prisma } from '@product-api/database';
import {
  columnNames,
  productColumns,
  productFields,
  storedValue,
  updatableFields,
} from '../product-columns.js';
import type { ProductDelete, ProductInsert, ProductUpdate } from '../product-writes.js';
import { rowAsJson } from './row-as-json.js';

// Every statement takes its rows as one parameter, a JSON array of arrays: `value ->> 0` is the
// first value of a row.

/** Selects the rows with these ids. An id that is given twice is returned once. */
export function selectRows(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT ${rowAsJson} AS product FROM products
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
}

const insertedColumns = Prisma.raw([...columnNames, 'created_at', 'updated_at'].join(', '));

/** The product's values, and its time for both `created_at` and `updated_at`. */
const insertedValues = Prisma.raw(
  [...productFields.keys(), productFields.length, productFields.length]
    .map((index) => `value ->> ${index}`)
    .join(', '),
);

/** Inserts rows: all or none. */
export function insertRows(inserts: readonly ProductInsert[]): Prisma.Sql {
  const rows = inserts.map(({ id, product, at }) => {
    const inserted: Product = { ...product, id };
    return [...productFields.map((field) => storedValue(field, inserted[field])), at.getTime()];
  });
  return Prisma.sql`
    INSERT INTO products (${insertedColumns})
    SELECT ${insertedValues}
    FROM json_each(${JSON.stringify(rows)})
    RETURNING ${rowAsJson} AS product`;
}

/**
 * Updates different rows: all or none. A row in another version than the selected one is left out.
 *
 * The statement names only the fields that one of the rows changes: SQLite rewrites the indexes of
 * each named column, and prepares its triggers.
 */
export function updateRows(updates: readonly ProductUpdate[]): Prisma.Sql {
  const fields = updatableFields.filter((field) =>
    updates.some(({ changes }) => changes[field] !== undefined),
  );
  // `JSON.stringify` prints an undefined version as null, which selects any version.
  const rows = updates.map(({ id, version, changes, at }) => [
    id,
    version,
    at.getTime(),
    ...fields.map((field) => {
      const value = changes[field];
      return value === undefined ? null : storedValue(field, value);
    }),
  ]);
  // `name = coalesce(change ->> 3, name), …`: a field without a change is NULL and keeps its value.
  const assignments = fields
    .map((field) => productColumns[field].column)
    .map((column, index) => `${column} = coalesce(change ->> ${index + 3}, ${column}), `);
  return Prisma.sql`
    UPDATE products
    SET ${Prisma.raw(assignments.join(''))} version = version + 1, updated_at = change ->> 2
    FROM (SELECT value AS change FROM json_each(${JSON.stringify(rows)}))
    WHERE id = change ->> 0 AND version = coalesce(change ->> 1, version)
    RETURNING ${rowAsJson} AS product`;
}

/** Deletes rows: all or none. A row in another version than the selected one is left out. */
export function deleteRows(deletes: readonly ProductDelete[]): Prisma.Sql {
  const rows = deletes.map(({ id, version }) => [id, version]);
  return Prisma.sql`
    DELETE FROM products
    WHERE id IN (
      SELECT products.id FROM json_each(${JSON.stringify(rows)}) CROSS JOIN products
      ON products.id = value ->> 0 AND version = coalesce(value ->> 1, version)
    )
    RETURNING ${rowAsJson} AS product`;
}
