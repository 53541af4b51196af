import { markdownTable } from '../../report/markdown-table.js';
import type { ComparisonResult, ExperimentResult } from '../results.js';
import { medianOf, rateText, ratioText, timeText } from './figures.js';

/** What was compared, what came out, and what was to come out. */
export function comparisonTable(experiments: readonly ExperimentResult[]): string {
  return markdownTable(
    ['Comparison', 'Ours', 'Theirs', 'Ratio', 'Its quartiles', 'At least', 'Reached'],
    experiments.flatMap((experiment) =>
      experiment.comparisons.map((comparison) => comparisonRow(comparison, experiment)),
    ),
  );
}

/** What was compared, and the ratios alone: where each comparison has rounds of its own, rates say no more. */
export function ratioTable(experiments: readonly ExperimentResult[]): string {
  return markdownTable(
    ['Comparison', 'Ratio', 'Its quartiles'],
    experiments.flatMap(({ comparisons }) =>
      comparisons.map((comparison) => [comparison.what, ...ratioCells(comparison)]),
    ),
  );
}

function comparisonRow(comparison: ComparisonResult, experiment: ExperimentResult): string[] {
  const { what, of, to, ratio, atLeast } = comparison;
  return [
    what,
    figureOf(of, comparison, experiment),
    figureOf(to, comparison, experiment),
    ...ratioCells(comparison),
    atLeast === undefined ? '' : ratioText(atLeast),
    atLeast === undefined ? '' : reachedText(ratio >= atLeast),
  ];
}

function ratioCells({ ratio, quartiles: [low, high] }: ComparisonResult): string[] {
  return [`**${ratioText(ratio)}**`, `${ratioText(low)} to ${ratioText(high)}`];
}

function figureOf(name: string, { by }: ComparisonResult, { standings }: ExperimentResult): string {
  const standing = standings.find((candidate) => candidate.name === name);
  const value = standing && medianOf(standing, by);
  return by === 'p50Micros' ? timeText(value) : `${rateText(value)}/s`;
}

function reachedText(reached: boolean): string {
  return reached ? 'yes' : 'no';
}
