import { answerWithin } from '../answer-within.js';
import type { CacheInstance } from '../contender.js';
import type { InvalidationAnswer } from '../scenario.js';
import type { Row } from '../source.js';

/** Awaits an invalidation for at most `limitMs` milliseconds, and says what its caller is told. */
export async function invalidateWithin(
  limitMs: number,
  instance: CacheInstance,
  row: Row,
): Promise<InvalidationAnswer> {
  const answer = await answerWithin(limitMs, () => instance.invalidate(row));
  if (answer.kind === 'answered') {
    return answer.value === false ? 'failed' : 'done';
  }
  return answer.kind;
}
