import type { Experiment } from '../experiment.js';

/** Contestants whose servers run at the same time, and what is concluded from that. */
export type Group = Pick<Experiment, 'contestants' | 'comparisons'>;

/** The groups in which an experiment is measured: everyone, or the two of each comparison. */
export function groupsOf({ contestants, comparisons, sideBySide = 'all' }: Experiment): Group[] {
  if (sideBySide === 'all') {
    return [{ contestants, comparisons }];
  }
  return comparisons.map((comparison) => ({
    contestants: contestants.filter(({ name }) => name === comparison.of || name === comparison.to),
    comparisons: [comparison],
  }));
}
