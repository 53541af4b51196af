import { Prisma } from '../generated/sqlite/client.js';
import { type IndexStatements, markedEntries } from './index-statements.js';

/** An arbitrary number that no other advisory lock of the catalog has. */
const INDEX_LOCK = 20_261_128;

const selectMarked = Prisma.sql`
  SELECT 1 AS marked FROM product_search_entries WHERE NOT is_current LIMIT 1`;

/**
 * How PostgreSQL indexes marked entries. Products are locked before entries, as by all other
 * writes, and in the order of their ids.
 */
export const postgresqlIndexStatements: IndexStatements = {
  selectWork: selectMarked,
  selectWholePart: () => selectMarked,

  begin: [Prisma.sql`SELECT pg_advisory_xact_lock(${INDEX_LOCK})::text`],

  selectMarked: (characters) => Prisma.sql`
    SELECT number::float8, product_id::text FROM (${markedEntries(characters)}) AS marked
    ORDER BY number`,

  selectTexts: (ids) => Prisma.sql`
    SELECT id::text, name, description FROM products
    WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`,

  storeWords: (entries) => [
    Prisma.sql`
      UPDATE product_search_entries AS entry
      SET
        is_current = true,
        name_words = words.name::tsvector,
        description_words = words.description::tsvector
      FROM json_to_recordset(${JSON.stringify(entries)}::json)
        AS words (number bigint, name text, description text)
      WHERE entry.number = words.number`,
  ],

  removeEntries: (numbers) => [
    Prisma.sql`
      DELETE FROM product_search_entries AS entry
      WHERE number = ANY (${numbers}::bigint[])
        AND NOT EXISTS (SELECT FROM products WHERE id = entry.product_id)`,
  ],

  addPending: () => [],

  merge: [],

  // The planner chooses by how often words occur, which it has not counted yet.
  end: [Prisma.sql`ANALYZE product_search_entries`],

  optimize: [],
};
