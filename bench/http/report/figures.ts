import { median } from '../../statistics/quantile.js';
import type { Sample, Standing } from '../results.js';

/** The median of one figure over a contestant's rounds; undefined where a round does not have it. */
export function medianOf(
  { rounds }: Standing,
  figure: 'requestsPerSecond' | 'cpuMicros' | 'p50Micros' | 'p99Micros',
): number | undefined {
  const values = rounds.map((sample: Sample) => sample[figure]);
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length && known.length > 0 ? median(known) : undefined;
}

/** The medians of the latencies at a constant rate; undefined where they were not measured. */
export function latencyOf({ latency }: Standing): { p50: number; p99: number } | undefined {
  if (latency.length === 0) {
    return undefined;
  }
  return {
    p50: median(latency.map(({ p50Micros }) => p50Micros)),
    p99: median(latency.map(({ p99Micros }) => p99Micros)),
  };
}

/** Whether the generator was too busy in half of the rounds or more, so that the rate may be its own. */
export function isGeneratorBound({ rounds }: Standing): boolean {
  return rounds.filter(({ generatorBound }) => generatorBound).length * 2 >= rounds.length;
}

/** A count or rate with three digits that matter, as `36,800`. */
export function rateText(value: number | undefined): string {
  if (value === undefined) {
    return '';
  }
  return Number(value.toPrecision(3)).toLocaleString('en');
}

/** A ratio, as `0.95`. */
export function ratioText(value: number): string {
  return value.toFixed(2);
}

/** A time in microseconds, or in milliseconds from one of those on. */
export function timeText(micros: number | undefined): string {
  if (micros === undefined) {
    return '';
  }
  if (micros < 1000) {
    return `${Number(micros.toPrecision(3))} µs`;
  }
  return `${Number((micros / 1000).toPrecision(3))} ms`;
}
