import { Prisma } from '../generated/sqlite/client.js';

/** An entry that is marked: its words may be those of an earlier name or description. */
export interface MarkedEntry {
  readonly number: number;
  /** Null if the product is deleted. */
  readonly product_id: string | null;
}

/** The texts of a product. */
export interface ProductTexts {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** The entry of a product with its new words. */
export interface EntryWords {
  readonly number: number;
  readonly name: string;
  readonly description: string;
}

/** The statements that index entries, in one transaction. */
export interface IndexStatements {
  /** Selects a row if an entry is to be indexed. */
  readonly selectWork: Prisma.Sql;
  /** Selects a row if an entry is marked, or pending ones have this many characters. */
  selectWholePart(characters: number): Prisma.Sql;
  /** Lets one transaction index at a time; SQLite has one writer anyway. */
  readonly begin: readonly Prisma.Sql[];
  /**
   * Selects marked entries in the order of their numbers, until their products have this many
   * characters.
   */
  selectMarked(characters: number): Prisma.Sql;
  /** Selects products, and keeps others from changing them. */
  selectTexts(ids: readonly string[]): Prisma.Sql;
  /** Stores the words of entries, which are current then. */
  storeWords(entries: readonly EntryWords[]): readonly Prisma.Sql[];
  /** Removes entries without a product. */
  removeEntries(numbers: readonly number[]): readonly Prisma.Sql[];
  /**
   * Adds the words of pending entries to the index, until they have this many characters. On
   * PostgreSQL no entry is pending.
   */
  addPending(characters: number): readonly Prisma.Sql[];
  /** Run after each transaction, one by one: merge parts of the index, in a bounded time each. */
  readonly merge: readonly Prisma.Sql[];
  /** Runs after many entries were stored. */
  readonly end: readonly Prisma.Sql[];
  /** Runs then if nobody waits for other statements: it takes seconds in a large catalog. */
  readonly optimize: readonly Prisma.Sql[];
}

/** The maximum number of entries that one transaction indexes. */
export const MAX_ENTRIES = 500;

/** Returns the first marked entries whose products have this many characters, as a subquery. */
export function markedEntries(characters: number): Prisma.Sql {
  const length = Prisma.sql`coalesce(length(name) + length(description), 0)`;
  return Prisma.sql`
    SELECT number, product_id FROM (
      SELECT
        entry.number, product_id,
        sum(${length}) OVER (ORDER BY entry.number ROWS UNBOUNDED PRECEDING) - ${length}
          AS characters_before
      FROM (
        SELECT number, product_id FROM product_search_entries
        WHERE NOT is_current ORDER BY number LIMIT ${MAX_ENTRIES}
      ) AS entry LEFT JOIN products ON products.id = entry.product_id
    ) AS measured WHERE characters_before < ${characters}`;
}
