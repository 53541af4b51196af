import { median } from '../../statistics/quantile.js';
import { whole } from '../experiments/ablation.js';
import type { ExperimentResult, Report, Standing } from '../results.js';
import { roundRatios } from '../runner/round-ratios.js';
import { type Bar, drawBarChart } from './bar-chart.js';
import { latencyOf, medianOf, rateText, ratioText, timeText } from './figures.js';

/** A chart of a report. */
export interface Chart {
  /** The name of its file, without the ending. */
  readonly name: string;
  /** For whoever cannot see it. */
  readonly description: string;
  readonly svg: string;
}

/** The charts of all that the report has. */
export function charts({ experiments }: Report): Chart[] {
  return experiments.flatMap((result) => chartsOf[result.name]?.(result) ?? []);
}

const chartsOf: Readonly<Record<string, (result: ExperimentResult) => Chart[]>> = {
  'cached-read': (result) => [cachedReadChart(result), cpuChart(result)],
  'catalog-growth': (result) => [growthChart(result)],
  'connection-growth': (result) => [connectionsChart(result)],
  ablations: (result) => [ablationChart(result)],
};

function cachedReadChart({ standings }: ExperimentResult): Chart {
  const yardstick = standings.find(({ name }) => name === 'raw-redis');
  const sorted = [...standings].sort((a, b) => rate(b) - rate(a));
  return chart('cached-read', {
    title: 'Cached reads on one core',
    subtitle:
      'Requests a second over 32 connections, and the ratio to node:http + ioredis. Longer is better.',
    groups: [{ bars: sorted.map((standing) => rateBar(standing, ratioNote(standing, yardstick))) }],
  });
}

function cpuChart({ standings }: ExperimentResult): Chart {
  const cpu = (standing: Standing) => medianOf(standing, 'cpuMicros') ?? 0;
  const sorted = [...standings].sort((a, b) => cpu(a) - cpu(b));
  return chart('cpu-per-request', {
    title: 'Processor time of a cached read',
    subtitle: 'Microseconds of the server for each request. Shorter is better.',
    groups: [
      {
        bars: sorted.map((standing) => bar(standing, cpu(standing), timeText)),
      },
    ],
  });
}

function growthChart({ standings }: ExperimentResult): Chart {
  const operationOf = ({ title }: Standing) => title.slice(0, title.indexOf(', '));
  const operations = [...new Set(standings.map(operationOf))];
  return chart('growth', {
    title: 'As the catalog grows',
    subtitle: 'Requests a second by the number of products, and the ratio to the smallest catalog.',
    groups: operations.map((operation) => {
      const members = standings.filter((standing) => operationOf(standing) === operation);
      return {
        title: operation,
        bars: members.map((standing) => ({
          ...rateBar(standing, ratioNote(standing, members[0])),
          label: `${standing.title.slice(operation.length + 2)} products`,
          highlighted: true,
        })),
      };
    }),
  });
}

function connectionsChart({ standings }: ExperimentResult): Chart {
  return chart('connections', {
    title: 'As connections are added',
    subtitle: 'Cached reads a second; latencies at 60% of that rate, sent at fixed times.',
    groups: [
      {
        bars: standings.map((standing) => {
          const latency = latencyOf(standing);
          const note = latency && `p50 ${timeText(latency.p50)}, p99 ${timeText(latency.p99)}`;
          return { ...rateBar(standing, note), highlighted: true };
        }),
      },
    ],
  });
}

function ablationChart({ standings, comparisons }: ExperimentResult): Chart {
  const ratioOf = ({ name }: Standing) => comparisons.find(({ of }) => of === name)?.ratio ?? 1;
  return chart('ablations', {
    title: 'What each part of the hot path is worth',
    subtitle: 'Cached reads without that part, by those of the whole service.',
    groups: [
      {
        bars: standings.map((standing) => bar(standing, ratioOf(standing), ratioText)),
      },
    ],
  });
}

function chart(name: string, content: Parameters<typeof drawBarChart>[0]): Chart {
  const description = `${content.title}. ${content.subtitle}`;
  return { name, description, svg: drawBarChart(content) };
}

function rateBar(standing: Standing, note: string | undefined): Bar {
  return { ...bar(standing, rate(standing), rateText), ...(note !== undefined && { note }) };
}

function bar(standing: Standing, value: number, print: (value: number) => string): Bar {
  return {
    label: standing.title,
    value,
    valueText: print(value),
    highlighted: isOurs(standing),
  };
}

function ratioNote({ rounds }: Standing, yardstick: Standing | undefined): string {
  const ratios = roundRatios(rounds, yardstick?.rounds ?? [], 'requestsPerSecond');
  return `× ${ratioText(median(ratios))}`;
}

function rate(standing: Standing | undefined): number {
  return (standing && medianOf(standing, 'requestsPerSecond')) ?? Number.NaN;
}

function isOurs({ name }: Standing): boolean {
  return name === 'product-api' || name === whole;
}
