/** The bounds of a growing pause, in milliseconds. */
export interface BackoffLimits {
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * How long to pause before trying again: doubling from `minMs` up to `maxMs`, with the lower half
 * kept and the upper half random ("equal jitter"), so that many who wait do not come back together.
 *
 * @param attempt how many attempts failed before, from 0.
 * @param random a number from 0 up to, not including, 1.
 */
export function backoffMs(
  attempt: number,
  { minMs, maxMs }: BackoffLimits,
  random: () => number,
): number {
  const longest = Math.min(maxMs, minMs * 2 ** attempt);
  return longest / 2 + (longest / 2) * random();
}
