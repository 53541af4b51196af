import { setTimeout as delay } from 'node:timers/promises';
import { settleWithin } from './settle-within.js';
import type { Row, Source } from './source.js';
import type { CacheInstance } from './subject.js';

const READ_LIMIT_MS = 10_000;
const PAUSE_MS = 10;
const WATCH_MS = 500;
const SETTLE_LIMIT_MS = 5000;

/** Counts of reads after an invalidation. */
export interface LaterReads {
  readonly reads: number;
  /** Reads that returned an older version than the written one. */
  readonly stale: number;
  /** Reads that failed or timed out. */
  readonly failed: number;
}

/**
 * Reads a row through every instance repeatedly, until half a second after `isSettled` first
 * returned true, or after five seconds if it does not. By default it returns true at once.
 */
export async function watchLaterReads(options: {
  readonly instances: readonly CacheInstance[];
  readonly source: Source;
  readonly written: Row;
  readonly isSettled?: () => Promise<boolean>;
}): Promise<LaterReads> {
  const { instances, source, written, isSettled = async () => true } = options;
  const counts = { reads: 0, stale: 0, failed: 0 };
  const settleDeadline = performance.now() + SETTLE_LIMIT_MS;
  let end = Number.POSITIVE_INFINITY;

  while (performance.now() < end) {
    for (const instance of instances) {
      const outcome = await settleWithin(READ_LIMIT_MS, () =>
        instance.read(written.id, () => source.read(written.id)),
      );
      counts.reads += 1;
      counts.failed += outcome.kind === 'returned' ? 0 : 1;
      counts.stale +=
        outcome.kind === 'returned' && outcome.value.version < written.version ? 1 : 0;
    }
    const isOver = performance.now() > settleDeadline;
    if (end === Number.POSITIVE_INFINITY && (isOver || (await isSettled()))) {
      end = performance.now() + WATCH_MS;
    }
    await delay(PAUSE_MS);
  }
  return counts;
}

/** Adds up the counts of two watches. */
export function addReads(one: LaterReads, other: LaterReads): LaterReads {
  return {
    reads: one.reads + other.reads,
    stale: one.stale + other.stale,
    failed: one.failed + other.failed,
  };
}
