import { isProductId } from '@product-api/contract';
import type { Database } from '@product-api/database';
import { queryProducts } from '../../products/database/product-row.js';
import type { Adjustment } from '../adjustment.js';
import { Decisions, type Outcome } from '../decisions.js';
import type { StockStatements } from './stock-statements.js';

/** What became of several adjustments. */
export interface CommittedAdjustments {
  /** In the order of the adjustments. */
  readonly outcomes: readonly Outcome[];
  /** The versions of the rows that have changed, by id. */
  readonly versions: ReadonlyMap<string, number>;
}

/** Where adjustments are committed. */
export interface StockTable {
  readonly database: Database;
  readonly statements: StockStatements;
  /** Returns the time for `updated_at` and for the ledger. */
  readonly clock: () => Date;
}

/**
 * Commits adjustments in their order in one transaction: each is decided on the quantities that
 * those before it left. If one of them breaks a constraint, only that one fails.
 */
export async function commitAdjustments(
  table: StockTable,
  adjustments: readonly Adjustment[],
): Promise<CommittedAdjustments> {
  try {
    return await commitTogether(table, adjustments);
  } catch (error) {
    if (adjustments.length === 1 || table.database.failureOf(error) !== 'constraint') {
      throw error;
    }
    // Nothing has changed. Commit each alone, to find the one that breaks a constraint.
    return commitOneByOne(table, adjustments);
  }
}

async function commitOneByOne(
  table: StockTable,
  adjustments: readonly Adjustment[],
): Promise<CommittedAdjustments> {
  const outcomes: Outcome[] = [];
  const versions = new Map<string, number>();
  for (const adjustment of adjustments) {
    try {
      const committed = await commitTogether(table, [adjustment]);
      outcomes.push(...committed.outcomes);
      for (const [id, version] of committed.versions) {
        versions.set(id, version);
      }
    } catch (error) {
      outcomes.push({ error });
    }
  }
  return { outcomes, versions };
}

async function commitTogether(
  { database, statements, clock }: StockTable,
  adjustments: readonly Adjustment[],
): Promise<CommittedAdjustments> {
  const ids = new Set(adjustments.flatMap(({ lines }) => lines.map(({ id }) => id)));
  const knownIds = [...ids].filter(isProductId);
  try {
    return await database.transaction(async (transaction) => {
      const rows = await queryProducts(transaction, statements.lockRows(knownIds));
      const decisions = new Decisions(rows);
      const outcomes = adjustments.map((adjustment) => decisions.add(adjustment));
      const changed = decisions.changedRows();
      if (changed.length === 0) {
        throw new NothingToCommitError(outcomes);
      }
      const at = clock();
      await transaction.$executeRaw(statements.insertLines(decisions.lines, changed, at));
      await transaction.$executeRaw(statements.setQuantities(changed, at));
      return { outcomes, versions: new Map(changed.map(({ id, version }) => [id, version])) };
    });
  } catch (error) {
    if (error instanceof NothingToCommitError) {
      return { outcomes: error.outcomes, versions: new Map() };
    }
    throw error;
  }
}

/**
 * Rolls back a transaction that has changed nothing. PostgreSQL would sync its locks to disk if it
 * was committed.
 */
class NothingToCommitError extends Error {
  override readonly name = 'NothingToCommitError';
  readonly outcomes: readonly Outcome[];

  constructor(outcomes: readonly Outcome[]) {
    super('Nothing to commit');
    this.outcomes = outcomes;
  }
}
