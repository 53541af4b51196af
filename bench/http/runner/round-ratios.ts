import type { Comparison } from '../experiment.js';
import type { Sample } from '../results.js';

/**
 * How much better one contestant did than another, round by round, so that what slows down a whole
 * round counts on both sides. Of latencies, less is better.
 */
export function roundRatios(
  ours: readonly Sample[],
  theirs: readonly Sample[],
  by: Comparison['by'],
): number[] {
  return ours.map((sample, round) => {
    const own = sample[by] ?? Number.NaN;
    const other = theirs[round]?.[by] ?? Number.NaN;
    return by === 'p50Micros' ? other / own : own / other;
  });
}
