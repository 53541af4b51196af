/** How many hits are chosen. */
export interface HitSamplerOptions {
  /** One in so many, on average. */
  readonly every: number;
  /** At most so many in a second. */
  readonly perSecond: number;
  /** The clock, in milliseconds from any start. */
  readonly now: () => number;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
}

/**
 * Makes a function that answers for each hit whether it is chosen. The gaps between those chosen
 * are random, so that no regular pattern of requests escapes; a hit that is not chosen costs one
 * decrement.
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
