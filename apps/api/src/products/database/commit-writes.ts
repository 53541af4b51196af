import type { Database, Prisma, Transaction } from '@product-api/database';
import type { StoredProduct } from './product-row.js';
import type { ProductStatements } from './product-statements.js';
import type { ProductWrite } from './product-writes.js';
import { needsTransaction, writeRows } from './write-rows.js';

type Outcome = StoredProduct | undefined;
type Outcomes = ReadonlyMap<string, Outcome | Promise<Outcome>>;

/**
 * Commits writes of different rows together, and so with one sync of the disk, for each kind of
 * write. If a row breaks a constraint, only its own write fails.
 *
 * @returns a function that returns the outcome of a write: the stored product, or the deleted one;
 * undefined if no row was selected
 */
export async function commitWrites(
  database: Database,
  statements: ProductStatements,
  writes: readonly ProductWrite[],
): Promise<(write: ProductWrite) => Promise<Outcome>> {
  const inserts = writes.filter((write) => write.kind === 'insert');
  const updates = writes.filter((write) => write.kind === 'update');
  const deletes = writes.filter((write) => write.kind === 'delete');
  const outcomes = {
    insert: commit(database, statements, statements.insertRows, inserts),
    update: commit(database, statements, statements.updateRows, updates),
    delete: commit(database, statements, statements.deleteRows, deletes),
  };
  return async ({ kind, id }) => (await outcomes[kind]).get(id);
}

async function commit<Write extends ProductWrite>(
  database: Database,
  statements: ProductStatements,
  statementOf: (writes: readonly Write[]) => Prisma.Sql,
  writes: readonly Write[],
): Promise<Outcomes> {
  const make = (connection: Transaction) => writeRows(connection, statements, statementOf, writes);
  try {
    return await (needsTransaction(statements, writes)
      ? database.transaction(make)
      : make(database.client));
  } catch (error) {
    if (writes.length === 1 || database.failureOf(error) !== 'constraint') {
      throw error;
    }
    // Nothing has changed. Retry each write alone, to find the one that breaks a
    // constraint.
    const commitAlone = async (write: Write) =>
      (await commit(database, statements, statementOf, [write])).get(write.id);
    return new Map(writes.map((write) => [write.id, commitAlone(write)]));
  }
}
