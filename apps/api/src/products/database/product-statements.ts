import type { Prisma } from '@product-api/database';
import type { ProductCursor } from '../product-cursor.js';
import type { AuthorStatements } from './note-authors.js';
import type { PageQuery } from './page-statement.js';
import type { ProductDelete, ProductInsert, ProductUpdate } from './product-writes.js';

/**
 * The statements of one dialect. All dialects return the same JSON texts, so that nothing else
 * depends on the database.
 *
 * The statements on rows return the rows that they read, stored or deleted, in any order: each as
 * one text `product`, see `toStoredProduct`. They change all rows or none.
 */
export interface ProductStatements extends AuthorStatements {
  /** Selects the rows with these ids. An id that is given twice is returned once. */
  selectRows(ids: readonly string[]): Prisma.Sql;
  /**
   * Selects the rows with these ids. Once the descriptions have more than so many characters,
   * `product` is the id alone in all further rows, as a JSON string.
   */
  selectFirstRows(ids: readonly string[], maxCharacters: number): Prisma.Sql;
  /** Selects the rows with these ids, and locks them for the transaction. */
  lockRows(ids: readonly string[]): Prisma.Sql;
  /** Inserts rows, and the words of their texts for the search. */
  insertRows(inserts: readonly ProductInsert[]): Prisma.Sql;
  /**
   * Updates different rows, and the words of the texts that change. A row in another version than
   * the selected one is left out.
   */
  updateRows(updates: readonly ProductUpdate[]): Prisma.Sql;
  /** Deletes different rows. A row in another version than the selected one is left out. */
  deleteRows(deletes: readonly ProductDelete[]): Prisma.Sql;
  /**
   * Reads a page, and one row more than the page has, to find out whether another page follows. A
   * page of more than 20 products ends before its descriptions take more than 1 MiB as JSON.
   *
   * The result is one row: `found` is the number of rows read, and `page` is a JSON array of those
   * that fit, each a pair of the product's columns and its sort value.
   *
   * @param ids reads only these rows; default: all
   */
  selectPage(
    query: PageQuery,
    after: ProductCursor | undefined,
    ids?: readonly string[],
  ): Prisma.Sql;
}
