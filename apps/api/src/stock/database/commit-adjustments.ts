import { isProductId } from '@product-api/contract';
import type { Database, Transaction } from '@product-api/database';
import { commitKeyed } from '../../idempotency/commit-keyed.js';
import { queryProducts } from '../../products/database/product-row.js';
import type { Adjustment } from '../adjustment.js';
import { type AdjustmentOutcome, adjustmentOutcomeSchema } from '../adjustment-outcome.js';
import { type ChangedRow, Decisions } from '../decisions.js';
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

/**
 * Commits adjustments in their order in one transaction: each is decided on the quantities that
 * those before it left. If one of them breaks a constraint, only that one fails; after any other
 * failure of the database, the promise is rejected.
 */
export async function commitAdjustments(
  table: StockTable,
  adjustments: readonly Adjustment[],
): Promise<OutcomeOf> {
  const at = table.clock();
  const hasKeys = adjustments.some(({ keyed }) => keyed !== undefined);
  const outcomeOf: OutcomeOf = await commitKeyed(adjustments, {
    database: table.database,
    at,
    outcome: adjustmentOutcomeSchema,
    decide: async (transaction, fresh) => {
      const { changed, outcomeOf } = await decide(table, transaction, fresh, at);
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

async function decide(
  { statements }: StockTable,
  transaction: Transaction,
  adjustments: readonly Adjustment[],
  at: Date,
): Promise<Decided> {
  const ids = new Set(adjustments.flatMap(({ lines }) => lines.map(({ id }) => id)));
  const knownIds = [...ids].filter(isProductId);
  const rows = await queryProducts(transaction, statements.lockRows(knownIds));
  const decisions = new Decisions(rows);
  const outcomes = new Map(
    adjustments.map((adjustment) => [adjustment, decisions.add(adjustment)]),
  );
  const outcomeOf = (adjustment: Adjustment) => outcomes.get(adjustment) ?? notDecided();
  const changed = decisions.changedRows();
  if (changed.length > 0) {
    await transaction.$executeRaw(statements.insertLines(decisions.lines, changed, at));
    await transaction.$executeRaw(statements.setQuantities(changed, at));
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
