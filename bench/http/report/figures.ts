import { median, quantile } from '../../statistics/quantile.js';
import type { Comparison } from '../experiment.js';
import type { ComparisonResult, Round, SubjectResult } from '../results.js';

/** Compares two subjects: returns the median of the ratios of their rounds, and the quartiles. */
export function compare(
  comparison: Comparison,
  results: readonly SubjectResult[],
): ComparisonResult {
  const { of, to, by } = comparison;
  const ratios = roundRatios(roundsOf(of, results), roundsOf(to, results), by);
  const quartiles = [quantile(ratios, 0.25), quantile(ratios, 0.75)] as const;
  return { ...comparison, ratio: median(ratios), quartiles };
}

/**
 * Returns how much better one subject did than another in each round. What slows the machine down
 * for a whole round affects both sides of a ratio. Of latencies, less is better.
 */
export function roundRatios(
  ours: readonly Round[],
  theirs: readonly Round[],
  by: Comparison['by'],
): number[] {
  return ours.map((round, index) => {
    const ratio = (round[by] ?? Number.NaN) / (theirs[index]?.[by] ?? Number.NaN);
    return by === 'p50Micros' ? 1 / ratio : ratio;
  });
}

/** Returns the rounds of the subject with this title; none if it was not measured. */
export function roundsOf(title: string, subjects: readonly SubjectResult[]): readonly Round[] {
  return subjects.find((subject) => subject.title === title)?.rounds ?? [];
}

/** Returns the median of a figure over all rounds; undefined if a round lacks it. */
export function medianOf(
  rounds: readonly Round[],
  figure: Exclude<keyof Round, 'generatorBusy'>,
): number | undefined {
  const values = rounds.map((round) => round[figure]).filter((value) => value !== undefined);
  return values.length === rounds.length && values.length > 0 ? median(values) : undefined;
}

/** Formats a rate or count with three significant digits, such as `36,800`. */
export function rateText(value: number | undefined): string {
  return value?.toLocaleString('en', { maximumSignificantDigits: 3 }) ?? '';
}

/** Formats a ratio, such as `0.95`. */
export function ratioText(value: number): string {
  return value.toFixed(2);
}

/** Formats a time in microseconds, or in milliseconds from 1 ms on. */
export function timeText(micros: number | undefined): string {
  if (micros === undefined) {
    return '';
  }
  return micros < 1000 ? `${rateText(micros)} µs` : `${rateText(micros / 1000)} ms`;
}
