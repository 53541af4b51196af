import type { Database } from '@product-api/database';
import { pause, repeat } from '../concurrency/repeat.js';
import type { DueRow, RecordRetention } from './database/record-statements.js';
import { statementsByDialect } from './database/statements-by-dialect.js';

const HOUR_MS = 3_600_000;

/** Maximum number of records. A record takes half a kilobyte, so all of them half a gigabyte. */
const KEEP_AT_MOST = 1_000_000;

/** Milliseconds between two rounds. */
const ROUND_MS = 60_000;

/** Milliseconds between two statements of a round, in which other writers get the lock. */
const PAUSE_MS = 10;

/** How records are pruned. */
export interface PruningOptions {
  /** Hours that a record is kept. */
  readonly keepHours: number;
  readonly clock: () => Date;
  /** Called if a round fails; the next one tries again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Prunes the records of a database now and every minute, in small steps.
 *
 * @returns a function that stops it, and resolves when no statement runs
 */
export function startPruning(database: Database, options: PruningOptions): () => Promise<void> {
  const { keepHours, clock, onFailure } = options;
  return repeat(async (signal) => {
    const before = new Date(clock().getTime() - keepHours * HOUR_MS);
    await pruneRecords(database, { before, keepAtMost: KEEP_AT_MOST }, signal).catch(onFailure);
  }, ROUND_MS);
}

/**
 * Removes the records that need not be kept, until none is left, another process is removing them,
 * or the signal is aborted.
 */
export async function pruneRecords(
  { client, dialect }: Database,
  retention: RecordRetention,
  signal: AbortSignal,
): Promise<void> {
  const { countDue, prune } = statementsByDialect[dialect];
  while (!signal.aborted) {
    const [row] = await client.$queryRaw<DueRow[]>(countDue(retention));
    if (Number(row?.due ?? 0) === 0) {
      return;
    }
    if ((await client.$executeRaw(prune(retention))) === 0) {
      return;
    }
    await pause(PAUSE_MS, signal);
  }
}
