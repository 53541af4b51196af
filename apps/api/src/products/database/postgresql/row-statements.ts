import type { Product } from '@product-api/contract';
import { Prisma, storedWords } from '@product-api/database';
import {
  columnNames,
  productColumns,
  productFields,
  type StoredValue,
  storedValue,
  updatableFields,
} from '../product-columns.js';
import { rowColumns } from '../product-row.js';
import type {
  ProductDelete,
  ProductInsert,
  ProductUpdate,
  RowSelector,
} from '../product-writes.js';
import { declareColumns, declaredProduct } from './column-types.js';
import { productAsText } from './row-as-json.js';
import { withAuthors } from './set-authors.js';
import { timeOf } from './timestamps.js';

// Every statement that writes takes its rows as one parameter, a JSON array of objects by column.

/** Selects the rows with these ids. An id that is given twice is returned once. */
export function selectRows(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT ${productAsText} AS product FROM products AS product
    WHERE id = ANY (${ids}::uuid[])`;
}

/** Selects rows with these ids, see `ProductStatements.selectFirstRows`. */
export function selectFirstRows(ids: readonly string[], maxCharacters: number): Prisma.Sql {
  return Prisma.sql`
    SELECT
      CASE
        WHEN characters_before <= ${maxCharacters}::bigint THEN ${productAsText}
        ELSE to_json(id)::text
      END AS product
    FROM (
      SELECT ${rowColumns}, sum(length(description)) OVER (ROWS UNBOUNDED PRECEDING) - length(description)
        AS characters_before
      FROM products
      WHERE id = ANY (${ids}::uuid[])
    ) AS product`;
}

/** Selects the rows with these ids, and locks them in the order of their ids, see `lockedRows`. */
export function lockRows(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`${selectRows(ids)} ORDER BY id FOR UPDATE`;
}

const words = storedWords.postgresql;

/** The words of a row's texts, among the columns of a JSON record. */
const WORD_COLUMNS = 'name_words text, description_words text';

const insertedColumns = Prisma.raw([...columnNames, 'created_at', 'updated_at'].join(', '));
const insertedValues = Prisma.raw(columnNames.join(', '));
const insertedRow = Prisma.raw(
  `inserted (${declaredProduct}, first_at bigint, at bigint, ${WORD_COLUMNS})`,
);
const timeOfCreation = timeOf(Prisma.sql`first_at`);
const timeOfChange = timeOf(Prisma.sql`at`);

/** Inserts rows and their search entries: all or none. */
export function insertRows(inserts: readonly ProductInsert[]): Prisma.Sql {
  const rows = inserts.map(({ id, product, at, createdAt = at }) => {
    const inserted: Product = { ...product, id };
    return {
      ...storedValues(productFields, inserted),
      first_at: createdAt.getTime(),
      at: at.getTime(),
      name_words: words.name(product.name),
      description_words: words.description(product.description),
    };
  });
  const records = Prisma.sql`json_to_recordset(${JSON.stringify(rows)}::json) AS ${insertedRow}`;
  return Prisma.sql`
    WITH
      inserted AS (SELECT * FROM ${withAuthors(records, inserts)}),
      stored AS (
        INSERT INTO products AS product (${insertedColumns})
        SELECT ${insertedValues}, ${timeOfCreation}, ${timeOfChange} FROM inserted
        RETURNING id, version, ${productAsText} AS product
      ),
      indexed AS (
        INSERT INTO product_search_entries
          (product_id, is_current, version, name_words, description_words)
        SELECT id, true, version, name_words::tsvector, description_words::tsvector
        FROM stored JOIN inserted USING (id)
      )
    SELECT product FROM stored`;
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
 * If texts change, the same statement updates the search entries.
 */
export function updateRows(updates: readonly ProductUpdate[]): Prisma.Sql {
  const rows = updates.map(({ id, version, changes, at }) => ({
    id,
    version,
    ...storedValues(updatableFields, changes),
    at: at.getTime(),
  }));
  const records = Prisma.sql`json_to_recordset(${JSON.stringify(rows)}::json) AS ${updatedRow}`;
  const change = Prisma.sql`
    change AS (SELECT * FROM ${withAuthors(records, updates)}), ${lockedRows}`;
  const update = Prisma.sql`
    UPDATE products AS product
    SET ${assignments}, version = product.version + 1, updated_at = ${timeOfChange}
    FROM locked AS change
    WHERE product.id = change.id AND product.version = coalesce(change.version, product.version)
    RETURNING `;
  const entries = updates.flatMap(changedWords);
  return entries.length === 0
    ? Prisma.sql`WITH ${change} ${update} ${productAsText} AS product`
    : Prisma.sql`
        WITH
          ${change},
          stored AS (
            ${update} product.id, product.version AS version, ${productAsText} AS product
          ),
          indexed AS (${updateEntries(entries)})
        SELECT product FROM stored`;
}

/** The words of the texts that an update changes; a text that stays has none. */
interface ChangedWords {
  readonly id: string;
  readonly name_words?: string;
  readonly description_words?: string;
}

function changedWords({ id, changes: { name, description } }: ProductUpdate): ChangedWords[] {
  return name === undefined && description === undefined
    ? []
    : [
        {
          id,
          ...(name !== undefined && { name_words: words.name(name) }),
          ...(description !== undefined && { description_words: words.description(description) }),
        },
      ];
}

const changedEntry = Prisma.raw(`changed (id uuid, ${WORD_COLUMNS})`);

/**
 * Updates the search entries of the rows that are `stored`. Words that stay the same are not
 * indexed again. An entry that was marked stays so unless both texts are given.
 */
function updateEntries(entries: readonly ChangedWords[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO product_search_entries AS entry
      (product_id, is_current, version, name_words, description_words)
    SELECT
      id, name_words IS NOT NULL AND description_words IS NOT NULL, version,
      name_words::tsvector, description_words::tsvector
    FROM stored JOIN (
      SELECT * FROM json_to_recordset(${JSON.stringify(entries)}::json) AS ${changedEntry}
    ) AS changed USING (id)
    ON CONFLICT (product_id) DO UPDATE SET
      is_current = entry.is_current OR excluded.is_current,
      version = excluded.version,
      name_words = coalesce(excluded.name_words, entry.name_words),
      description_words = coalesce(excluded.description_words, entry.description_words)
    WHERE NOT entry.is_current
      OR entry.name_words <> excluded.name_words
      OR entry.description_words <> excluded.description_words`;
}

/** Deletes rows: all or none. A row in another version than the selected one is left out. */
export function deleteRows(deletes: readonly ProductDelete[]): Prisma.Sql {
  const rows: RowSelector[] = deletes.map(({ id, version }) => ({
    id,
    ...(version !== undefined && { version }),
  }));
  const records = Prisma.sql`
    json_to_recordset(${JSON.stringify(rows)}::json) AS deleted (id uuid, version bigint)`;
  return Prisma.sql`
    WITH
      change AS (SELECT * FROM ${withAuthors(records, deletes)}),
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
