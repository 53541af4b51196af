import type { InvalidationOutcome } from '../scenario.js';
import { settleWithin } from '../settle-within.js';
import type { Row } from '../source.js';
import type { CacheInstance } from '../subject.js';

/**
 * Awaits an invalidation for at most `limitMs` milliseconds, and returns what its caller learns.
 */
export async function invalidateWithin(
  limitMs: number,
  instance: CacheInstance,
  row: Row,
): Promise<InvalidationOutcome> {
  const outcome = await settleWithin(limitMs, () => instance.invalidate(row));
  if (outcome.kind === 'returned') {
    return outcome.value === false ? 'failed' : 'done';
  }
  return outcome.kind;
}
