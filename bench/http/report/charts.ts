import { median } from '../../statistics/quantile.js';
import { WHOLE } from '../ablations/ablations.js';
import type { ExperimentResult, SubjectResult } from '../results.js';
import { roundRatios } from '../run/run-experiment.js';
import type { Bar, BarChart } from './bar-chart.js';
import { latencyOf, medianOf, rateText, ratioText, timeText } from './figures.js';

/** A chart of a report, with the name of its file. */
export interface Chart extends BarChart {
  readonly name: string;
}

/** Returns the charts of these experiments; not every experiment has one. */
export function charts(experiments: readonly ExperimentResult[]): Chart[] {
  return experiments.flatMap((result) => chartsOf[result.name]?.(result) ?? []);
}

const chartsOf: Readonly<Record<string, (result: ExperimentResult) => Chart[]>> = {
  'cached-read': ({ subjects }) => {
    const baseline = subjects.find(({ name }) => name === 'raw-redis');
    const rates = subjects.map((one) => bar(one, rate(one), rateAndRatio(one, baseline)));
    const times = subjects.map((one) => {
      const micros = medianOf(one, 'cpuMicros') ?? 0;
      return bar(one, micros, timeText(micros));
    });
    return [
      {
        name: 'cached-read',
        title: 'Cached reads on one core',
        subtitle:
          'Requests per second over 32 connections, and the ratio to node:http + ioredis. Longer is better.',
        bars: rates.sort((a, b) => b.value - a.value),
      },
      {
        name: 'cpu-per-request',
        title: 'Processor time of a cached read',
        subtitle: 'Microseconds of the server for each request. Shorter is better.',
        bars: times.sort((a, b) => a.value - b.value),
      },
    ];
  },

  'catalog-growth': ({ subjects }) => {
    const bars = subjects.map((subject) => {
      const [group = '', size] = subject.title.split(', ');
      const smallest = subjects.find(({ title }) => title.startsWith(`${group}, `));
      const text = rateAndRatio(subject, smallest);
      return { ...bar(subject, rate(subject), text, true), label: `${size} products`, group };
    });
    const subtitle =
      'Requests per second by number of products, and the ratio to the smallest catalog.';
    return [{ name: 'growth', title: 'As the catalog grows', subtitle, bars }];
  },

  'connection-growth': ({ subjects }) => {
    const bars = subjects.map((subject) => {
      const latency = latencyOf(subject);
      const note = latency && ` (p50 ${timeText(latency.p50)}, p99 ${timeText(latency.p99)})`;
      return bar(subject, rate(subject), rateText(rate(subject)) + (note ?? ''), true);
    });
    const subtitle = 'Cached reads per second; latencies at 60% of that rate.';
    return [{ name: 'connections', title: 'As connections are added', subtitle, bars }];
  },

  ablations: ({ subjects, comparisons }) => {
    const bars = subjects.map((subject) => {
      const ratio = comparisons.find(({ of }) => of === subject.name)?.ratio ?? 1;
      return bar(subject, ratio, ratioText(ratio));
    });
    const title = 'What each part of the hot path is worth';
    const subtitle = 'Cached reads without that part, as a ratio to the whole service.';
    return [{ name: 'ablations', title, subtitle, bars }];
  },
};

function bar(
  { name, title }: SubjectResult,
  value: number,
  text: string,
  highlighted = name === 'product-api' || name === WHOLE,
): Bar {
  return { label: title, value, text, highlighted };
}

function rateAndRatio(subject: SubjectResult, baseline: SubjectResult | undefined): string {
  const ratios = roundRatios(subject.rounds, baseline?.rounds ?? [], 'requestsPerSecond');
  return `${rateText(rate(subject))} (× ${ratioText(median(ratios))})`;
}

function rate(subject: SubjectResult): number {
  return medianOf(subject, 'requestsPerSecond') ?? Number.NaN;
}
