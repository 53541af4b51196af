import type { Prisma } from '@product-api/database';
import type { AuthorStatements } from '../../products/database/note-authors.js';
import type { ChangedRow, LedgerLine } from '../decide-group.js';

/** Which lines of a product's ledger to read. */
export interface LedgerRange {
  readonly id: string;
  /** Only lines before the one with this number; undefined for all. */
  readonly before: number | undefined;
  readonly limit: number;
}

/** The statements of one dialect. */
export interface StockStatements extends AuthorStatements {
  /**
   * Selects the rows with these ids, and keeps others from changing them until the transaction
   * ends. Each row is one text `product`, see `toStoredProduct`.
   */
  lockRows(ids: readonly string[]): Prisma.Sql;
  /** The same, without the rows that another transaction has locked. */
  lockFreeRows(ids: readonly string[]): Prisma.Sql;
  /** Selects the rows with these ids. */
  selectRows(ids: readonly string[]): Prisma.Sql;
  /**
   * Inserts lines in their order: first the quantity before the change for each row whose ledger
   * has not begun, then the lines.
   */
  insertLines(lines: readonly LedgerLine[], changed: readonly ChangedRow[], at: Date): Prisma.Sql;
  /** Sets the quantities of rows, and raises their versions by one. */
  setQuantities(changed: readonly ChangedRow[], at: Date): Prisma.Sql;
  /**
   * Reads lines of a ledger, the newest first, and one line more than the limit, to find out
   * whether another page follows.
   *
   * The result is one row: `known` says whether there is such a product or ledger, and `lines` is a
   * JSON array of arrays: number, delta, quantity after it, reason, reference, and time in
   * milliseconds since 1970.
   */
  selectLedger(range: LedgerRange): Prisma.Sql;
}
