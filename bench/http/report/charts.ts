import { median } from '../../statistics/quantile.js';
import type { ExperimentResult, SubjectResult } from '../results.js';
import type { Bar, BarChart } from './bar-chart.js';
import { medianOf, rateText, ratioText, roundRatios, roundsOf, timeText } from './figures.js';

/** Returns the charts of these experiments; not every experiment has one. */
export function charts(experiments: readonly ExperimentResult[]): BarChart[] {
  return experiments.flatMap((result) => {
    if (result.name === 'cached-read') {
      return [rates(result), processorTimes(result)];
    }
    if (result.name === 'postgres') {
      return [postgres(result)];
    }
    return result.name === 'ablations' ? [ablations(result)] : [];
  });
}

function rates({ subjects }: ExperimentResult): BarChart {
  const bars = subjects.map((subject) => {
    const by = 'requestsPerSecond';
    const ratios = roundRatios(subject.rounds, roundsOf('node:http + ioredis', subjects), by);
    const rate = medianOf(subject.rounds, by) ?? Number.NaN;
    return bar(subject, rate, `${rateText(rate)} (× ${ratioText(median(ratios))})`);
  });
  return {
    name: 'cached-read',
    title: 'Cached reads on one core',
    subtitle:
      'Requests per second over 32 connections, and the ratio to node:http + ioredis. Longer is better.',
    bars: bars.sort((a, b) => b.value - a.value),
  };
}

function processorTimes({ subjects }: ExperimentResult): BarChart {
  const bars = subjects.map((subject) => {
    const micros = medianOf(subject.rounds, 'cpuMicros') ?? 0;
    return bar(subject, micros, timeText(micros));
  });
  return {
    name: 'cpu-per-request',
    title: 'Processor time of a cached read',
    subtitle: 'Microseconds of the server for each request. Shorter is better.',
    bars: bars.sort((a, b) => a.value - b.value),
  };
}

function ablations({ comparisons }: ExperimentResult): BarChart {
  const whole = { title: 'Product API', ratio: 1 };
  const parts = comparisons.map(({ of, ratio }) => ({ title: of, ratio }));
  return {
    name: 'ablations',
    title: 'What each part of the hot path is worth',
    subtitle: 'Cached reads without that part, as a ratio to the whole service.',
    bars: [whole, ...parts].map((part) => bar(part, part.ratio, ratioText(part.ratio))),
  };
}

function postgres({ comparisons }: ExperimentResult): BarChart {
  const bars = comparisons.map(({ title, ratio, atLeast }) => ({
    label: title.replace(/: PostgreSQL ÷ SQLite$/, ''),
    value: ratio,
    text: ratioText(ratio) + (atLeast === undefined ? '' : ` (goal: ${ratioText(atLeast)})`),
    highlighted: atLeast === undefined || ratio >= atLeast,
  }));
  return {
    name: 'postgres',
    title: 'PostgreSQL beside SQLite',
    subtitle: 'Operations per second on PostgreSQL, as a ratio to SQLite. Longer is better.',
    bars,
  };
}

function bar({ title }: Pick<SubjectResult, 'title'>, value: number, text: string): Bar {
  return { label: title, value, text, highlighted: title === 'Product API' };
}
