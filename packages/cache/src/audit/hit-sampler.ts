/** Options for the sampling of hits. */
export interface HitSamplerOptions {
  /** One of this many hits is chosen, on average. */
  readonly every: number;
  /** The most hits that are chosen per second. */
  readonly perSecond: number;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/**
 * Creates a function that returns for each hit whether it is chosen. The gaps between chosen hits
 * are random, so that no regular pattern of requests escapes the audit. A hit that is not chosen
 * costs only one decrement.
 */
export function createHitSampler({ every, perSecond, now, random }: HitSamplerOptions) {
  const drawGap = () => 1 + Math.floor(random() * (2 * every - 1));
  let gap = drawGap();
  let closedUntil = Number.NEGATIVE_INFINITY;
  return (): boolean => {
    gap -= 1;
    if (gap > 0) {
      return false;
    }
    gap = drawGap();
    const time = now();
    if (time < closedUntil) {
      return false;
    }
    closedUntil = time + 1000 / perSecond;
    return true;
  };
}
