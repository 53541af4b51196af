import type { Prisma } from '@product-api/database';

/** A key of a scope. */
export interface RecordKey {
  readonly scope: string;
  readonly key: string;
}

/** The record of a write: what was asked for with a key, and the outcome as JSON. */
export interface IdempotencyRecord extends RecordKey {
  readonly fingerprint: string;
  readonly outcome: string;
}

/** How much is kept. */
export interface RecordRetention {
  /** Records that were created before are removed. */
  readonly before: Date;
  /** Maximum number of records; the oldest are removed first. */
  readonly keepAtMost: number;
}

/** The row of `countDue`. */
export interface DueRow {
  readonly due: number | bigint;
}

/** The statements of one dialect on the table `idempotency_records`. */
export interface RecordStatements {
  /** Selects the records of keys: columns `scope`, `key`, `fingerprint` and `outcome`. */
  select(keys: readonly RecordKey[]): Prisma.Sql;
  /**
   * Inserts records of different keys, and leaves out those whose key has one. On PostgreSQL it
   * waits for another transaction that inserts one of them, in an order that makes no circle.
   */
  insert(records: readonly IdempotencyRecord[], at: Date): Prisma.Sql;
  /** Replaces the outcome of a record if it still is the given one. */
  replace(record: IdempotencyRecord, previousOutcome: string): Prisma.Sql;
  /** Selects the number of records that `prune` would delete: column `due`. It takes no lock. */
  countDue(retention: RecordRetention): Prisma.Sql;
  /**
   * Deletes the oldest records that need not be kept, at most `MAX_PRUNED`. It leaves out those
   * that another process is deleting.
   */
  prune(retention: RecordRetention): Prisma.Sql;
}

/**
 * Maximum number of records that one statement deletes. Keys are random, so each may need a page
 * of the index that is not in memory.
 */
export const MAX_PRUNED = 100;
