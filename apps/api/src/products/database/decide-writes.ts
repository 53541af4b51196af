import type { Prisma, Transaction } from '@product-api/database';
import { PreconditionFailedError } from '../../http/problems/problem-errors.js';
import type { WriteOutcome } from '../write-outcome.js';
import type { KeyedWrite } from './keyed-write.js';
import { queryProducts, type StoredProduct } from './product-row.js';
import type { ProductStatements } from './product-statements.js';
import type { ProductWrite } from './product-writes.js';
import { writeRows } from './write-rows.js';

type Rows = ReadonlyMap<string, StoredProduct>;
type Outcomes = ReadonlyMap<string, WriteOutcome>;

/**
 * Makes writes in a transaction, those of one row in their order. Preconditions are checked on the
 * locked rows.
 *
 * @returns a function that returns the outcome of each write
 */
export async function decideWrites(
  transaction: Transaction,
  statements: ProductStatements,
  writes: readonly KeyedWrite[],
): Promise<(write: KeyedWrite) => WriteOutcome> {
  const outcomes = new Map<KeyedWrite, WriteOutcome>();
  // The first round has all rows, and so takes all locks.
  for (const round of roundsOf(writes)) {
    const outcomeOf = await decideRound(transaction, statements, round);
    for (const write of round) {
      outcomes.set(write, outcomeOf(write));
    }
  }
  return (write) => outcomes.get(write) ?? notDecided();
}

function notDecided(): never {
  throw new TypeError('The write is not one of those that were decided');
}

/** Splits writes into rounds of different rows: the nth write of a row is in the nth round. */
function roundsOf(writes: readonly KeyedWrite[]): readonly KeyedWrite[][] {
  const rounds: KeyedWrite[][] = [];
  const counts = new Map<string, number>();
  for (const write of writes) {
    const count = counts.get(write.id) ?? 0;
    counts.set(write.id, count + 1);
    const round = rounds[count] ?? [];
    round.push(write);
    rounds[count] = round;
  }
  return rounds;
}

/** Makes writes of different rows, with one statement for each kind of write. */
async function decideRound(
  transaction: Transaction,
  statements: ProductStatements,
  writes: readonly KeyedWrite[],
): Promise<(write: KeyedWrite) => WriteOutcome> {
  const unchanged = await outcomesWithoutChange(transaction, statements, writes);
  const open = writes.filter(({ id }) => !unchanged.has(id));
  const run = <Write extends ProductWrite>(
    statementOf: (some: readonly Write[]) => Prisma.Sql,
    some: readonly Write[],
  ) => writeRows(transaction, statements, statementOf, some);
  const inserts = open.filter((write) => write.kind === 'insert');
  const updates = open.filter((write) => write.kind === 'update');
  const deletes = open.filter((write) => write.kind === 'delete');
  const changed: Rows = new Map([
    ...(await run(statements.insertRows, inserts)),
    ...(await run(statements.updateRows, updates)),
    ...(await run(statements.deleteRows, deletes)),
  ]);
  return (write) => unchanged.get(write.id) ?? outcomeOfChange(write, changed.get(write.id));
}

/** Returns the outcomes, by id, of the writes that the current rows decide. */
async function outcomesWithoutChange(
  transaction: Transaction,
  statements: ProductStatements,
  writes: readonly KeyedWrite[],
): Promise<Outcomes> {
  const outcomes = new Map<string, WriteOutcome>();
  const changes = writes.filter(({ kind }) => kind !== 'insert');
  if (!mustLock(changes)) {
    return outcomes;
  }
  const ids = changes.map(({ id }) => id);
  const current = await queryProducts(transaction, statements.lockRows(ids));
  for (const write of changes) {
    const outcome = outcomeWithoutChange(write, current.get(write.id));
    if (outcome) {
      outcomes.set(write.id, outcome);
    }
  }
  return outcomes;
}

/**
 * Returns whether rows must be locked before the first statement that changes some: to decide upon
 * them, or because two statements would lock them in another order than other transactions do.
 */
function mustLock(changes: readonly KeyedWrite[]): boolean {
  const isDecidedByRow = (write: KeyedWrite) => write.precondition !== undefined || isEmpty(write);
  return changes.some(isDecidedByRow) || new Set(changes.map(({ kind }) => kind)).size > 1;
}

/** Returns the outcome of a write that must not be made, or has nothing to change. */
function outcomeWithoutChange(
  write: KeyedWrite,
  current: StoredProduct | undefined,
): WriteOutcome | undefined {
  if (!current) {
    return { kind: 'not-found' };
  }
  try {
    write.precondition?.(current.product);
  } catch (error) {
    if (error instanceof PreconditionFailedError) {
      return { kind: 'precondition-failed', detail: error.message };
    }
    throw error;
  }
  return isEmpty(write) ? { kind: 'stored', ...current } : undefined;
}

function isEmpty(write: KeyedWrite): boolean {
  return write.kind === 'update' && Object.keys(write.changes).length === 0;
}

function outcomeOfChange({ kind }: KeyedWrite, row: StoredProduct | undefined): WriteOutcome {
  if (row) {
    return kind === 'delete'
      ? { kind: 'deleted', id: row.product.id, version: row.version + 1 }
      : { kind: 'stored', ...row };
  }
  if (kind === 'insert') {
    throw new TypeError('The database returned no row for an insert');
  }
  return { kind: 'not-found' };
}
