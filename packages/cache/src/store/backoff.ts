/** The bounds of a pause that grows with each failed attempt, in milliseconds. */
export interface BackoffLimits {
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * Returns the pause before the next attempt, in milliseconds. It doubles from `minMs` up to
 * `maxMs`. Half of it is fixed and half is random ("equal jitter"), so that many waiting clients do
 * not retry at the same moment.
 *
 * @param attempt the number of failed attempts so far, from 0.
 * @param random returns a number from 0 (inclusive) to 1 (exclusive).
 */
export function backoffMs(
  attempt: number,
  { minMs, maxMs }: BackoffLimits,
  random: () => number,
): number {
  const longest = Math.min(maxMs, minMs * 2 ** attempt);
  return longest / 2 + (longest / 2) * random();
}
