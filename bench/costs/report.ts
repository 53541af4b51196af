import { markdownTable } from '../report/markdown-table.js';
import { median, quantile } from '../statistics/quantile.js';
import type { Comparison, Side } from './measure-launch.js';
import type { Operation } from './measure-round.js';

/** The goals: the largest allowed ratio to the plain cache. */
const limits: Readonly<Record<Operation, number>> = { hit: 1.03, miss: 2, invalidate: 1.3 };

/** Returns a table of the comparisons, their ratios and goals. */
export function costsTable(comparisons: readonly Comparison[]): string {
  return markdownTable(
    [
      'Operation',
      'In flight',
      'Plain',
      'Ours',
      'Plain again',
      'Ratio',
      'Its quartiles',
      'At most',
      'Held',
    ],
    comparisons.map(row),
  );
}

function row(comparison: Comparison): string[] {
  const { operation, concurrency } = comparison;
  const ratios = ratiosToPlain(comparison, 'ours');
  const limit = limits[operation];
  return [
    operation,
    String(concurrency),
    timeText(comparison, 'plain'),
    timeText(comparison, 'ours'),
    ratioText(median(ratiosToPlain(comparison, 'control'))),
    `**${ratioText(median(ratios))}**`,
    `${ratioText(quantile(ratios, 0.25))} to ${ratioText(quantile(ratios, 0.75))}`,
    ratioText(limit),
    median(ratios) <= limit ? 'yes' : 'no',
  ];
}

function ratiosToPlain({ rounds }: Comparison, side: Side): number[] {
  return rounds.map((times) => times[side] / times.plain);
}

function timeText({ rounds }: Comparison, side: Side): string {
  return `${median(rounds.map((times) => times[side])).toFixed(1)} µs`;
}

function ratioText(ratio: number): string {
  return `×${ratio.toFixed(2)}`;
}
