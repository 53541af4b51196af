import type { Prisma, Transaction } from '@product-api/database';
import { noteAuthors } from './note-authors.js';
import { queryProducts, type StoredProduct } from './product-row.js';
import type { ProductStatements } from './product-statements.js';
import type { ProductWrite } from './product-writes.js';

/**
 * Makes writes of one kind to different rows, and notes who makes them.
 *
 * @param connection a transaction, if `needsTransaction`
 * @param statementOf returns the statement of these writes
 * @returns the rows that were stored or deleted, by id
 */
export async function writeRows<Write extends ProductWrite>(
  connection: Transaction,
  statements: ProductStatements,
  statementOf: (writes: readonly Write[]) => Prisma.Sql,
  writes: readonly Write[],
): Promise<ReadonlyMap<string, StoredProduct>> {
  if (writes.length === 0) {
    return new Map();
  }
  const rows = await queryProducts(connection, statementOf(writes));
  await noteAuthors(
    connection,
    statements,
    writes.filter(({ id }) => rows.has(id)),
  );
  return rows;
}

/** Returns whether writes take more than one statement, which are made together or not at all. */
export function needsTransaction(
  statements: ProductStatements,
  writes: readonly ProductWrite[],
): boolean {
  return (
    statements.noteAuthors !== undefined && writes.some(({ changedBy }) => changedBy !== undefined)
  );
}
