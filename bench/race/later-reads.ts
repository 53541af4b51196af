import { setTimeout as delay } from 'node:timers/promises';
import { answerWithin } from './answer-within.js';
import type { CacheInstance } from './contender.js';
import type { Row, Source } from './source.js';

const readLimitMs = 10_000;
const pauseMs = 10;
const watchMs = 500;
const settleLimitMs = 5000;

/** What reads saw after an invalidation was over. */
export interface LaterReads {
  readonly reads: number;
  /** How many saw an older version than the one written. */
  readonly stale: number;
  /** How many had an error or no answer instead of a row. */
  readonly failed: number;
}

/**
 * Reads a row through every instance, again and again, until half a second after `isSettled` has
 * first answered true, or after five seconds if it does not. By default it is settled at once.
 */
export async function watchLaterReads(options: {
  readonly instances: readonly CacheInstance[];
  readonly source: Source;
  readonly written: Row;
  readonly isSettled?: () => Promise<boolean>;
}): Promise<LaterReads> {
  const { instances, source, written, isSettled = async () => true } = options;
  const counts = { reads: 0, stale: 0, failed: 0 };
  const settleDeadline = performance.now() + settleLimitMs;
  let end = Number.POSITIVE_INFINITY;

  while (performance.now() < end) {
    for (const instance of instances) {
      const answer = await answerWithin(readLimitMs, () =>
        instance.read(written.id, () => source.read(written.id)),
      );
      counts.reads += 1;
      counts.failed += answer.kind === 'answered' ? 0 : 1;
      counts.stale += answer.kind === 'answered' && answer.value.version < written.version ? 1 : 0;
    }
    const isOver = performance.now() > settleDeadline;
    if (end === Number.POSITIVE_INFINITY && (isOver || (await isSettled()))) {
      end = performance.now() + watchMs;
    }
    await delay(pauseMs);
  }
  return counts;
}

/** The reads of two watches together. */
export function addReads(one: LaterReads, other: LaterReads): LaterReads {
  return {
    reads: one.reads + other.reads,
    stale: one.stale + other.stale,
    failed: one.failed + other.failed,
  };
}
