import { Prisma } from '../generated/sqlite/client.js';
import { type IndexStatements, markedEntries } from './index-statements.js';

/** How SQLite indexes marked entries. */
export const sqliteIndexStatements: IndexStatements = {
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
        INSERT OR REPLACE INTO product_search (rowid, name, description)
        SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${rows})`,
    ];
  },

  removeEntries(numbers) {
    const removed = Prisma.sql`(SELECT value FROM json_each(${JSON.stringify(numbers)}))`;
    return [
      Prisma.sql`DELETE FROM product_search WHERE rowid IN ${removed}`,
      Prisma.sql`DELETE FROM product_search_entries WHERE number IN ${removed}`,
    ];
  },

  end: [],
};
