import { median, quantile } from '../../statistics/quantile.js';
import type { Comparison } from '../experiment.js';
import type { ComparisonResult, Sample, Standing } from '../results.js';
import { roundRatios } from './round-ratios.js';

/**
 * Compares two contestants: the median of the rounds' own ratios, and their quartiles.
 *
 * @throws Error where one of them is not among the standings
 */
export function compare(comparison: Comparison, standings: readonly Standing[]): ComparisonResult {
  const { what, of, to, by, atLeast } = comparison;
  const ratios = roundRatios(roundsOf(of, standings), roundsOf(to, standings), by);
  return {
    what,
    of,
    to,
    by,
    ratio: median(ratios),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    ...(atLeast !== undefined && { atLeast }),
  };
}

function roundsOf(name: string, standings: readonly Standing[]): readonly Sample[] {
  const standing = standings.find((candidate) => candidate.name === name);
  if (standing === undefined) {
    throw new Error(`There is no contestant ${name}`);
  }
  return standing.rounds;
}
