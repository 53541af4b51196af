import type { Product } from '@product-api/contract';
import { Prisma } from '@product-api/database';
import {
  columnNames,
  productColumns,
  productFields,
  type StoredValue,
  storedValue,
  updatableFields,
} from '../product-columns.js';
import type {
  ProductDelete,
  ProductInsert,
  ProductUpdate,
  RowSelector,
} from '../product-writes.js';
import { declareColumns, declaredProduct } from './column-types.js';
import { productAsText } from './row-as-json.js';
import { timeOf } from './timestamps.js';

// Every statement that writes takes its rows as one parameter, a JSON array of objects by column.

/** Selects the rows with these ids. An id that is given twice is returned once. */
export function selectRows(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT ${productAsText} AS product FROM products AS product
    WHERE id = ANY (${ids}::uuid[])`;
}

/** Selects the rows with these ids, and locks them in the order of their ids, see `lockedRows`. */
export function lockRows(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`${selectRows(ids)} ORDER BY id FOR UPDATE`;
}

const insertedColumns = Prisma.raw([...columnNames, 'created_at', 'updated_at'].join(', '));
const insertedValues = Prisma.raw(columnNames.join(', '));
const insertedRow = Prisma.raw(`inserted (${declaredProduct}, at bigint)`);
const timeOfChange = timeOf(Prisma.sql`at`);

/** Inserts rows: all or none. */
export function insertRows(inserts: readonly ProductInsert[]): Prisma.Sql {
  const rows = inserts.map(({ id, product, at }) => {
    const inserted: Product = { ...product, id };
    return { ...storedValues(productFields, inserted), at: at.getTime() };
  });
  return Prisma.sql`
    INSERT INTO products AS product (${insertedColumns})
    SELECT ${insertedValues}, ${timeOfChange}, ${timeOfChange}
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS ${insertedRow}
    RETURNING ${productAsText} AS product`;
}

/** `name = coalesce(change.name, product.name), …`: a field without a change keeps its value. */
const assignments = Prisma.raw(
  updatableFields
    .map((field) => productColumns[field].column)
    .map((column) => `${column} = coalesce(change.${column}, product.${column})`)
    .join(', '),
);

const updatedRow = Prisma.raw(
  `updated (id uuid, version bigint, ${declareColumns(updatableFields)}, at bigint)`,
);

/**
 * Updates different rows: all or none. A row in another version than the selected one is left out.
 */
export function updateRows(updates: readonly ProductUpdate[]): Prisma.Sql {
  const rows = updates.map(({ id, version, changes, at }) => ({
    id,
    version,
    ...storedValues(updatableFields, changes),
    at: at.getTime(),
  }));
  return Prisma.sql`
    WITH
      change AS (SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::json) AS ${updatedRow}),
      ${lockedRows}
    UPDATE products AS product
    SET ${assignments}, version = product.version + 1, updated_at = ${timeOfChange}
    FROM locked AS change
    WHERE product.id = change.id AND product.version = coalesce(change.version, product.version)
    RETURNING ${productAsText} AS product`;
}

/** Deletes rows: all or none. A row in another version than the selected one is left out. */
export function deleteRows(deletes: readonly ProductDelete[]): Prisma.Sql {
  const rows: RowSelector[] = deletes.map(({ id, version }) => ({
    id,
    ...(version !== undefined && { version }),
  }));
  return Prisma.sql`
    WITH
      change AS (
        SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::json)
          AS deleted (id uuid, version bigint)
      ),
      ${lockedRows}
    DELETE FROM products AS product USING locked AS change
    WHERE product.id = change.id AND product.version = coalesce(change.version, product.version)
    RETURNING ${productAsText} AS product`;
}

/**
 * Locks the rows of `change` in the order of their ids, so that batches of several processes cannot
 * wait for each other in a circle. The changes pass through it, as the planner would join them
 * again row by row.
 */
const lockedRows = Prisma.sql`
  locked AS MATERIALIZED (
    SELECT change.* FROM products JOIN change USING (id) ORDER BY id FOR UPDATE OF products
  )`;

/** Returns the stored values of the fields that are given, by column. */
function storedValues(
  fields: readonly (keyof Product)[],
  values: { readonly [Field in keyof Product]?: Product[Field] | undefined },
): Record<string, StoredValue> {
  const stored: Record<string, StoredValue> = {};
  for (const field of fields) {
    const value = values[field];
    if (value !== undefined) {
      stored[productColumns[field].column] = storedValue(field, value);
    }
  }
  return stored;
}
