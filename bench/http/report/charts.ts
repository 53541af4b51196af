import { median } from '../../statistics/quantile.js';
import type { ExperimentResult, SubjectResult } from '../results.js';
import { type Bar, type BarChart, drawBarChart } from './bar-chart.js';
import { medianOf, rateText, ratioText, roundRatios, roundsOf, timeText } from './figures.js';
import { latencyChart } from './latency.js';
import { drawLineChart, type LineChart } from './line-chart.js';

/** The texts of a chart of ratios. */
type ChartTexts = Pick<BarChart, 'title' | 'subtitle'>;

/** The experiments whose chart shows their ratios, by name. */
const ratioCharts: Readonly<Record<string, ChartTexts>> = {
  postgres: {
    title: 'PostgreSQL beside SQLite',
    subtitle: 'Operations per second on PostgreSQL, as a ratio to SQLite. Longer is better.',
  },
  stock: {
    title: 'Ways to sell',
    subtitle: 'Changes of stock per second, as a ratio to another way. Longer is better.',
  },
  idempotency: {
    title: 'Writes with an idempotency key',
    subtitle: 'Writes per second with keys, as a ratio to those without. Longer is better.',
  },
  'batch-get': {
    title: 'A batch of 100 products',
    subtitle: 'Requests per second, as a ratio to other requests. Longer is better.',
  },
  search: {
    title: 'Search',
    subtitle: 'Writes per second, as a ratio to those without the search. Longer is better.',
  },
};

/** A chart of any kind. */
export type Chart = BarChart | LineChart;

/** Draws a chart as an SVG document. */
export function draw(chart: Chart): Promise<string> {
  return 'bars' in chart ? drawBarChart(chart) : drawLineChart(chart);
}

/** Returns the charts of these experiments; not every experiment has one. */
export function charts(experiments: readonly ExperimentResult[]): Chart[] {
  return [
    ...experiments.flatMap(chartsOfOne),
    ...Object.entries(ratioCharts).flatMap(([name, texts]) => {
      const measured = experiments.filter((result) => result.name === name);
      const comparisons = measured.flatMap((result) => result.comparisons);
      return comparisons.length === 0 ? [] : [{ name, ...texts, bars: comparisons.map(ratioBar) }];
    }),
  ];
}

function chartsOfOne(result: ExperimentResult): Chart[] {
  switch (result.name) {
    case 'cached-read':
      return [rates(result), processorTimes(result)];
    case 'latency':
      return [latencyChart(result)];
    case 'ablations':
      return [ablations(result)];
    default:
      return [];
  }
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

function ratioBar({ title, ratio, atLeast }: ExperimentResult['comparisons'][number]): Bar {
  return {
    label: title.replace(/: PostgreSQL ÷ SQLite$/, ''),
    value: ratio,
    text: ratioText(ratio) + (atLeast === undefined ? '' : ` (goal: ${ratioText(atLeast)})`),
    highlighted: atLeast === undefined || ratio >= atLeast,
  };
}

function bar({ title }: Pick<SubjectResult, 'title'>, value: number, text: string): Bar {
  return { label: title, value, text, highlighted: title === 'Product API' };
}
