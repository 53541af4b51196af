import { type Database, databaseFailure, type Prisma } from '@product-api/database';
import type { StoredProduct } from './product-row.js';
import { queryProducts } from './product-row.js';
import { deleteRows, insertRows, updateRows } from './product-statements.js';
import type { ProductWrite } from './product-writes.js';

type Client = Database['client'];
type Outcome = StoredProduct | undefined;
type Outcomes = ReadonlyMap<string, Outcome | Promise<Outcome>>;

/**
 * Commits writes of different rows by one statement, and so with one sync of the disk, for each kind
 * of write. Answers with what each write has stored, made of its row, or removed; undefined where
 * there is no such row. A row that breaks a constraint fails alone.
 */
export async function commitWrites(
  client: Client,
  writes: readonly ProductWrite[],
): Promise<(write: ProductWrite) => Promise<Outcome>> {
  const inserts = writes.filter((write) => write.kind === 'insert');
  const updates = writes.filter((write) => write.kind === 'update');
  const deletes = writes.filter((write) => write.kind === 'delete');
  const outcomes = {
    insert: commit(client, insertRows, inserts),
    update: commit(client, updateRows, updates),
    delete: commit(client, deleteRows, deletes),
  };
  return async ({ kind, id }) => (await outcomes[kind]).get(id);
}

async function commit<Write extends ProductWrite>(
  client: Client,
  statementOf: (writes: readonly Write[]) => Prisma.Sql,
  writes: readonly Write[],
): Promise<Outcomes> {
  if (writes.length === 0) {
    return new Map();
  }
  try {
    return await queryProducts(client, statementOf(writes));
  } catch (error) {
    if (writes.length === 1 || databaseFailure(error) !== 'constraint') {
      throw error;
    }
    // Nothing has happened to any row, and only one of them need be at fault.
    const commitAlone = async (write: Write) =>
      (await commit(client, statementOf, [write])).get(write.id);
    return new Map(writes.map((write) => [write.id, commitAlone(write)]));
  }
}
