import { Prisma } from '../generated/sqlite/client.js';
import { type IndexStatements, MAX_ENTRIES, markedEntries } from './index-statements.js';

const selectMarked = Prisma.sql`SELECT 1 AS work FROM product_search_entries WHERE NOT is_current`;

/** The characters of the words of an entry; 0 if it was removed. */
const wordsLength = Prisma.sql`
  coalesce(length(name_words), 0) + coalesce(length(description_words), 0)`;

/**
 * Merges parts of the index of the same size, if there are four, and writes 64 pages at most. That
 * takes some milliseconds. Twice after each part of 50,000 characters is more than enough.
 */
const mergePages = Prisma.sql`
  INSERT INTO product_search (product_search, rank) VALUES ('merge', 64)`;

/** How SQLite indexes entries. Their words are stored first, and then added to the index. */
export const sqliteIndexStatements: IndexStatements = {
  selectWork: Prisma.sql`
    SELECT 1 AS work FROM product_search_pending UNION ALL ${selectMarked} LIMIT 1`,

  selectWholePart: (characters) => Prisma.sql`
    SELECT 1 AS work FROM (
      SELECT count(*) AS entries, sum(${wordsLength}) AS characters
      FROM (SELECT number FROM product_search_pending LIMIT ${MAX_ENTRIES})
        LEFT JOIN product_search_entries USING (number)
    ) WHERE entries = ${MAX_ENTRIES} OR characters >= ${characters}
    UNION ALL ${selectMarked} LIMIT 1`,

  begin: [],

  selectMarked: (characters) => Prisma.sql`
    SELECT number + 0 AS number, product_id FROM (${markedEntries(characters)}) AS marked
    ORDER BY number`,

  selectTexts: (ids) => Prisma.sql`
    SELECT id, name, description FROM products
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,

  storeWords(entries) {
    const rows = JSON.stringify(
      entries.map(({ number, name, description }) => [number, name, description]),
    );
    return [
      Prisma.sql`
        UPDATE product_search_entries
        SET is_current = true, name_words = value ->> 1, description_words = value ->> 2
        FROM json_each(${rows}) WHERE number = value ->> 0`,
      Prisma.sql`
        INSERT OR IGNORE INTO product_search_pending (number)
        SELECT value ->> 0 FROM json_each(${rows})`,
    ];
  },

  removeEntries(numbers) {
    const removed = Prisma.sql`(SELECT value FROM json_each(${JSON.stringify(numbers)}))`;
    return [
      Prisma.sql`DELETE FROM product_search WHERE rowid IN ${removed}`,
      Prisma.sql`DELETE FROM product_search_pending WHERE number IN ${removed}`,
      Prisma.sql`DELETE FROM product_search_entries WHERE number IN ${removed}`,
    ];
  },

  addPending(characters) {
    const pending = pendingEntries(characters);
    return [
      Prisma.sql`
        INSERT OR REPLACE INTO product_search (rowid, name, description)
        SELECT number, name_words, description_words
        FROM (${pending}) JOIN product_search_entries USING (number)`,
      Prisma.sql`DELETE FROM product_search_pending WHERE number IN (${pending})`,
    ];
  },

  merge: [mergePages, mergePages],

  end: [],

  // A search reads each part of the index, and later writes would merge them again and again.
  optimize: [Prisma.sql`INSERT INTO product_search (product_search) VALUES ('optimize')`],
};

/** Returns the first pending numbers whose entries have this many characters, as a subquery. */
function pendingEntries(characters: number): Prisma.Sql {
  return Prisma.sql`
    SELECT number FROM (
      SELECT
        number,
        sum(${wordsLength}) OVER (ORDER BY number ROWS UNBOUNDED PRECEDING) - (${wordsLength})
          AS characters_before
      FROM (SELECT number FROM product_search_pending ORDER BY number LIMIT ${MAX_ENTRIES})
        LEFT JOIN product_search_entries USING (number)
    ) WHERE characters_before < ${characters}`;
}
