import { median } from '../../statistics/quantile.js';
import type { SubjectResult } from '../results.js';

/** Returns the median of a figure over all rounds; undefined if a round lacks it. */
export function medianOf(
  { rounds }: SubjectResult,
  figure: 'requestsPerSecond' | 'cpuMicros' | 'p50Micros' | 'p99Micros',
): number | undefined {
  const values = rounds.map((round) => round[figure]).filter((value) => value !== undefined);
  return values.length === rounds.length && values.length > 0 ? median(values) : undefined;
}

/** Returns the medians of the latencies at a constant rate; undefined if none were measured. */
export function latencyOf({ latency }: SubjectResult): { p50: number; p99: number } | undefined {
  const p50 = median(latency.map(({ p50Micros }) => p50Micros));
  const p99 = median(latency.map(({ p99Micros }) => p99Micros));
  return latency.length > 0 ? { p50, p99 } : undefined;
}

/** Formats a rate or count with three significant digits, such as `36,800`. */
export function rateText(value: number | undefined): string {
  return value === undefined ? '' : Number(value.toPrecision(3)).toLocaleString('en');
}

/** Formats a ratio, such as `0.95`. */
export function ratioText(value: number): string {
  return value.toFixed(2);
}

/** Formats a time in microseconds, or in milliseconds from 1 ms on. */
export function timeText(micros: number | undefined): string {
  const digits = (value: number) => Number(value.toPrecision(3));
  if (micros === undefined) {
    return '';
  }
  return micros < 1000 ? `${digits(micros)} µs` : `${digits(micros / 1000)} ms`;
}
