import { isProductId } from '@product-api/contract';
import type { Database, Transaction } from '@product-api/database';
import { commitKeyed } from '../../idempotency/commit-keyed.js';
import { noteAuthors } from '../../products/database/note-authors.js';
import { queryProducts, type StoredProduct } from '../../products/database/product-row.js';
import type { Adjustment } from '../adjustment.js';
import { type AdjustmentOutcome, adjustmentOutcomeSchema } from '../adjustment-outcome.js';
import { type ChangedRow, GroupDecision } from '../decide-group.js';
import type { StockStatements } from './stock-statements.js';

/** Where adjustments are committed. */
export interface StockTable {
  readonly database: Database;
  readonly statements: StockStatements;
  /** Returns the time for `updated_at`, for the ledger and for records of keys. */
  readonly clock: () => Date;
}

/** Returns the outcome of an adjustment. */
export type OutcomeOf = (adjustment: Adjustment) => Promise<AdjustmentOutcome>;

/** What to do about rows that another transaction has locked. */
export type LockedRows = 'wait' | 'fail';

/** Rows that were to be locked were already locked by another transaction. Nothing has changed. */
export class RowsLockedError extends Error {
  override readonly name = 'RowsLockedError';
  readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    super('Another transaction has locked products of the group');
    this.ids = ids;
  }
}

/**
 * Commits adjustments in their order in one transaction: each is decided on the quantities that
 * those before it left. If one of them breaks a constraint, only that one fails; after any other
 * failure of the database, the promise is rejected.
 *
 * @throws {RowsLockedError} when it must fail for locked rows, and there are some
 */
export async function commitAdjustments(
  table: StockTable,
  adjustments: readonly Adjustment[],
  lockedRows: LockedRows,
): Promise<OutcomeOf> {
  const at = table.clock();
  let onLocked = lockedRows;
  const hasKeys = adjustments.some(({ keyed }) => keyed !== undefined);
  const outcomeOf: OutcomeOf = await commitKeyed(adjustments, {
    database: table.database,
    at,
    outcome: adjustmentOutcomeSchema,
    decide: async (transaction, fresh) => {
      const rows = await lockRows(table, transaction, idsOf(fresh), onLocked);
      // If this runs again after a rollback, it may be for a part of the adjustments.
      onLocked = 'wait';
      const { changed, outcomeOf } = await decide(table, transaction, { rows, fresh, at });
      if (changed.length === 0 && !hasKeys) {
        throw new NothingToCommitError(outcomeOf);
      }
      return outcomeOf;
    },
  }).catch(outcomesOfRollback);
  // An adjustment that was retried alone may have been rolled back alone.
  return (adjustment) =>
    outcomeOf(adjustment).catch((error: unknown) => outcomesOfRollback(error)(adjustment));
}

/** Returns the outcomes of a transaction with nothing to commit; throws any other error. */
function outcomesOfRollback(error: unknown): OutcomeOf {
  if (error instanceof NothingToCommitError) {
    return async (adjustment) => error.outcomeOf(adjustment);
  }
  throw error;
}

/** What became of adjustments within a transaction. */
interface Decided {
  readonly changed: readonly ChangedRow[];
  readonly outcomeOf: (adjustment: Adjustment) => AdjustmentOutcome;
}

function idsOf(adjustments: readonly Adjustment[]): readonly string[] {
  const ids = new Set(adjustments.flatMap(({ lines }) => lines.map(({ id }) => id)));
  return [...ids].filter(isProductId);
}

/** Locks the rows with these ids, and returns them by id. */
async function lockRows(
  { statements }: StockTable,
  transaction: Transaction,
  ids: readonly string[],
  onLocked: LockedRows,
): Promise<ReadonlyMap<string, StoredProduct>> {
  if (onLocked === 'wait') {
    return queryProducts(transaction, statements.lockRows(ids));
  }
  const rows = await queryProducts(transaction, statements.lockFreeRows(ids));
  const missing = ids.filter((id) => !rows.has(id));
  if (missing.length > 0) {
    const locked = await queryProducts(transaction, statements.selectRows(missing));
    if (locked.size > 0) {
      throw new RowsLockedError([...locked.keys()]);
    }
  }
  return rows;
}

/** Adjustments to decide, and the locked rows. */
interface Undecided {
  readonly rows: ReadonlyMap<string, StoredProduct>;
  readonly fresh: readonly Adjustment[];
  readonly at: Date;
}

async function decide(
  { statements }: StockTable,
  transaction: Transaction,
  { rows, fresh, at }: Undecided,
): Promise<Decided> {
  const decision = new GroupDecision(rows);
  const outcomes = new Map(fresh.map((adjustment) => [adjustment, decision.add(adjustment)]));
  const outcomeOf = (adjustment: Adjustment) => outcomes.get(adjustment) ?? notDecided();
  const changed = decision.changedRows();
  if (changed.length > 0) {
    await transaction.$executeRaw(statements.insertLines(decision.lines, changed, at));
    await transaction.$executeRaw(statements.setQuantities(changed, at));
    await noteAuthors(transaction, statements, changed);
  }
  return { changed, outcomeOf };
}

function notDecided(): never {
  throw new TypeError('The adjustment is not one of the group');
}

/**
 * Rolls back a transaction that has changed nothing and has no key to record. PostgreSQL would sync
 * its locks to disk if it was committed.
 */
class NothingToCommitError extends Error {
  override readonly name = 'NothingToCommitError';
  readonly outcomeOf: Decided['outcomeOf'];

  constructor(outcomeOf: Decided['outcomeOf']) {
    super('Nothing to commit');
    this.outcomeOf = outcomeOf;
  }
}
