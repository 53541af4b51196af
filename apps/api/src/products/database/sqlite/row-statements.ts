import type { Product } from '@product-api/contract';
import { Prisma, storedWords } from '@product-api/database';
import {
  columnNames,
  productColumns,
  productFields,
  storedValue,
  updatableFields,
} from '../product-columns.js';
import { rowColumns } from '../product-row.js';
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

/** Selects rows with these ids, see `ProductStatements.selectFirstRows`. */
export function selectFirstRows(ids: readonly string[], maxCharacters: number): Prisma.Sql {
  return Prisma.sql`
    SELECT
      CASE WHEN characters_before <= ${maxCharacters} THEN ${rowAsJson} ELSE json_quote(id) END
        AS product
    FROM (
      SELECT ${rowColumns}, sum(length(description)) OVER (ROWS UNBOUNDED PRECEDING) - length(description)
        AS characters_before
      FROM products
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
    ) AS product`;
}

const words = storedWords.sqlite;

const insertedColumns = Prisma.raw(
  [...columnNames, 'created_at', 'updated_at', 'name_words', 'description_words'].join(', '),
);

/** The product's values, its times, and its words. */
const insertedValues = Prisma.raw(
  [...productFields.keys(), ...[0, 1, 2, 3].map((index) => productFields.length + index)]
    .map((index) => `value ->> ${index}`)
    .join(', '),
);

/** Inserts rows, through the view that indexes their words: all or none. */
export function insertRows(inserts: readonly ProductInsert[]): Prisma.Sql {
  const rows = inserts.map(({ id, product, at, createdAt = at }) => {
    const inserted: Product = { ...product, id };
    return [
      ...productFields.map((field) => storedValue(field, inserted[field])),
      createdAt.getTime(),
      at.getTime(),
      words.name(product.name),
      words.description(product.description),
    ];
  });
  return Prisma.sql`
    INSERT INTO searchable_products (${insertedColumns}, version)
    SELECT ${insertedValues}, 1
    FROM json_each(${JSON.stringify(rows)})
    RETURNING ${rowAsJson} AS product`;
}

/**
 * Assigns the words of a change, which are its values from an index on. An entry stays marked
 * unless both texts are given.
 */
function wordAssignments(index: number): string {
  return [
    `name_words = coalesce(change ->> ${index}, name_words)`,
    `description_words = coalesce(change ->> ${index + 1}, description_words)`,
    `is_current = is_current OR (change ->> ${index}) IS NOT NULL
      AND (change ->> ${index + 1}) IS NOT NULL`,
  ].join(', ');
}

/**
 * Updates different rows: all or none. A row in another version than the selected one is left out.
 * If texts change, the rows are updated through the view that indexes their words.
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
    ...wordsOfChange(changes),
  ]);
  // `name = coalesce(change ->> 3, name), …`: a field without a change is NULL and keeps its value.
  const assignments = fields
    .map((field) => productColumns[field].column)
    .map((column, index) => `${column} = coalesce(change ->> ${index + 3}, ${column}), `);
  const updated = updates.some(changesText)
    ? Prisma.sql`searchable_products SET ${Prisma.raw(wordAssignments(fields.length + 3))},`
    : Prisma.sql`products SET`;
  return Prisma.sql`
    UPDATE ${updated}
      ${Prisma.raw(assignments.join(''))} version = version + 1, updated_at = change ->> 2
    FROM (SELECT value AS change FROM json_each(${JSON.stringify(rows)}))
    WHERE id = change ->> 0 AND version = coalesce(change ->> 1, version)
    RETURNING ${rowAsJson} AS product`;
}

function changesText({ changes }: ProductUpdate): boolean {
  return changes.name !== undefined || changes.description !== undefined;
}

/** Returns the words of the texts that change, or nothing. */
function wordsOfChange({ name, description }: ProductUpdate['changes']): (string | null)[] {
  return name === undefined && description === undefined
    ? []
    : [
        name === undefined ? null : words.name(name),
        description === undefined ? null : words.description(description),
      ];
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
