import type { Product } from '@product-api/contract';
import type { Database, Transaction } from '@product-api/database';
import { PreconditionFailedError } from '../../http/problems/problem-errors.js';
import { commitKeyed } from '../../idempotency/commit-keyed.js';
import type { WriteOrigin } from '../../idempotency/write-origin.js';
import { queryProducts, type StoredProduct } from '../../products/database/product-row.js';
import type { ProductStatements } from '../../products/database/product-statements.js';
import { writeRows } from '../../products/database/write-rows.js';
import { VersionRequiredError } from '../history-errors.js';
import { type RestoreOutcome, restoreOutcomeSchema } from '../restore-outcome.js';
import type { RestorePlan } from '../restore-plan.js';
import { differences, type VersionValues } from '../version-values.js';
import { entrySyntax } from './entry-syntax.js';
import { queryEntries } from './query-entries.js';
import { selectEntries } from './select-entries.js';

/** A request to restore a product, and its plan. */
export interface Restore extends WriteOrigin {
  readonly id: string;
  readonly version: number | undefined;
  /** Whether an existing product keeps its quantity in stock. */
  readonly keepsStock: boolean;
  readonly plan: RestorePlan;
  /** Throws a `PreconditionFailedError` if the product, or its absence, must not be changed. */
  readonly precondition: ((current: Product | undefined) => void) | undefined;
}

/** Where products are restored. */
export interface RestoreTable {
  readonly database: Database;
  readonly statements: ProductStatements;
  /** Returns the time for `updated_at` and for records of keys. */
  readonly clock: () => Date;
}

/** The product was created or deleted after the plan was made. Nothing has changed. */
export class OutdatedPlanError extends Error {
  override readonly name = 'OutdatedPlanError';
}

/**
 * Commits what a plan says, together with the record of its key.
 *
 * @throws {OutdatedPlanError} when the product was created or deleted after the plan was made
 * @throws {VersionRequiredError} when the product exists and the request names no version
 * @throws {IdempotencyKeyReusedError} when the key belongs to another request
 */
export async function commitRestore(
  table: RestoreTable,
  restore: Restore,
): Promise<RestoreOutcome> {
  const at = table.clock();
  const outcomeOf = await commitKeyed([restore], {
    database: table.database,
    at,
    outcome: restoreOutcomeSchema,
    decide: async (transaction) => {
      const outcome = await decide(table, transaction, restore, at);
      return () => outcome;
    },
  });
  return outcomeOf(restore);
}

async function decide(
  table: RestoreTable,
  transaction: Transaction,
  restore: Restore,
  at: Date,
): Promise<RestoreOutcome> {
  const { id, plan, precondition } = restore;
  const rows = await queryProducts(transaction, table.statements.lockRows([id]));
  const current = rows.get(id);
  if ((current !== undefined) !== plan.exists) {
    throw new OutdatedPlanError();
  }
  const { step } = plan;
  if (step.kind === 'not-found') {
    return { kind: 'not-found' };
  }
  if (step.kind === 'version-required') {
    throw new VersionRequiredError();
  }
  const failure = failureOf(precondition, current?.product);
  if (failure) {
    return failure;
  }
  if (step.kind === 'version-not-found') {
    return { kind: 'version-not-found', version: restore.version ?? null };
  }
  return current
    ? setValues(table, transaction, restore, { current, target: step.target, at })
    : bringBack(table, transaction, restore, { target: step.target, at });
}

function failureOf(
  precondition: Restore['precondition'],
  current: Product | undefined,
): RestoreOutcome | undefined {
  try {
    precondition?.(current);
    return undefined;
  } catch (error) {
    if (error instanceof PreconditionFailedError) {
      return { kind: 'precondition-failed', detail: error.message };
    }
    throw error;
  }
}

/** What an existing product becomes. */
interface Replacement {
  readonly current: StoredProduct;
  readonly target: VersionValues;
  readonly at: Date;
}

async function setValues(
  { statements }: RestoreTable,
  transaction: Transaction,
  { id, keepsStock, changedBy }: Restore,
  { current, target, at }: Replacement,
): Promise<RestoreOutcome> {
  const { stock_quantity, ...others } = target.values;
  const values = {
    ...others,
    stock_quantity: keepsStock ? current.product.stock_quantity : stock_quantity,
  };
  const changes = differences(current.product, values);
  if (Object.keys(changes).length === 0) {
    return { kind: 'stored', ...current };
  }
  const updates = [{ kind: 'update' as const, id, changes, at, changedBy }];
  const rows = await writeRows(transaction, statements, statements.updateRows, updates);
  return { kind: 'stored', ...(rows.get(id) ?? noRow()) };
}

/**
 * Inserts a deleted product under its id. Nobody else can insert it any more then, so the change
 * before the own one must be the deletion that the plan knows.
 *
 * @throws {OutdatedPlanError} when it is a later one
 */
async function bringBack(
  { database, statements }: RestoreTable,
  transaction: Transaction,
  { id, plan, changedBy }: Restore,
  { target, at }: Pick<Replacement, 'target' | 'at'>,
): Promise<RestoreOutcome> {
  const { values, createdAt = at } = target;
  const inserts = [{ kind: 'insert' as const, id, product: values, at, createdAt, changedBy }];
  const rows = await writeRows(transaction, statements, statements.insertRows, inserts);
  const { product } = rows.get(id) ?? noRow();
  const range = { id, order: 'newest-first', after: undefined, limit: 2 } as const;
  const statement = selectEntries(entrySyntax[database.dialect], range);
  const { entries } = await queryEntries(transaction, statement, range.limit);
  const [creation, deletion] = entries;
  if (creation === undefined || deletion?.version !== plan.lastVersion) {
    throw new OutdatedPlanError();
  }
  return { kind: 'stored', product, version: creation.version };
}

function noRow(): never {
  throw new TypeError('The database returned no row for a write of a locked product');
}
