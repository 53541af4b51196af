import { markdownTable } from '../../report/markdown-table.js';
import { median, quantile } from '../../statistics/quantile.js';
import type { ExperimentResult, LatencyRound, SubjectResult } from '../results.js';
import { rateText, ratioText, timeText } from './figures.js';
import type { LineChart } from './line-chart.js';

const OURS = 'Product API';

/** The peer that the service is compared with. */
const PEER = 'node:http + ioredis';

/** The goal: at each rate, the service takes at most this times as long as the peer. */
const AT_MOST = 1.1;

const percentiles = [
  ['p50', 'p50Micros'],
  ['p99', 'p99Micros'],
] as const;

type Percentile = (typeof percentiles)[number][1];

/** Returns the latencies of the service and of its peer at each rate as a Markdown table. */
export function latencyTable({ subjects }: ExperimentResult): string {
  const [ours = [], theirs = []] = [OURS, PEER].map((title) => latenciesOf(title, subjects));
  const rows = ratesOf(subjects).flatMap((rate) =>
    percentiles.flatMap(([name, by]) => {
      const [our, their] = [valuesAt(rate, ours, by), valuesAt(rate, theirs, by)] as const;
      // A launch whose throughput was too low for the rate has no latencies at it.
      if (our.length !== their.length || our.length === 0) {
        return [];
      }
      const ratios = our.map((value, index) => value / (their[index] ?? Number.NaN));
      const ratio = median(ratios);
      const quartiles = [0.25, 0.75].map((share) => ratioText(quantile(ratios, share)));
      return [
        [
          `${rateText(rate)}/s, ${name}`,
          ...[our, their].map((values) => timeText(median(values))),
          `**${ratioText(ratio)}**`,
          quartiles.join(' to '),
          ratioText(AT_MOST),
          ratio <= AT_MOST ? 'yes' : 'no',
        ],
      ];
    }),
  );
  const head = ['Latency at', OURS, PEER, 'Ratio', 'Its quartiles', 'At most', 'Reached'];
  return markdownTable(head, rows);
}

/** Returns how late the load generator sent its requests, of which it adds no more than this. */
export function latenessText({ subjects }: ExperimentResult): string {
  const late = subjects.flatMap(({ latency }) => latency.map((round) => round.lateP99Micros ?? 0));
  return `The generator sent 99% of the requests of a round at most ${timeText(median(late))} late (median of all rounds).`;
}

/** Returns the chart of the latencies of all subjects at each rate. */
export function latencyChart({ name, subjects }: ExperimentResult): LineChart {
  const points = subjects.flatMap(({ title, latency }) =>
    ratesOf(subjects).flatMap((rate) =>
      percentiles.flatMap(([percentile, by]) => {
        const values = valuesAt(rate, latency, by);
        return values.length === 0
          ? []
          : [{ label: title, facet: percentile, x: rate, y: median(values) }];
      }),
    ),
  );
  return {
    name,
    title: 'Latency of a cached read at equal rates',
    subtitle:
      'Microseconds from the time at which a request was due, over 64 connections. Lower is better.',
    axes: { x: 'Requests per second', y: 'Microseconds' },
    points,
  };
}

function latenciesOf(title: string, subjects: readonly SubjectResult[]): readonly LatencyRound[] {
  return subjects.find((subject) => subject.title === title)?.latency ?? [];
}

function ratesOf(subjects: readonly SubjectResult[]): number[] {
  const rates = subjects.flatMap(({ latency }) => latency.map((round) => round.requestsPerSecond));
  return [...new Set(rates)].sort((a, b) => a - b);
}

function valuesAt(rate: number, rounds: readonly LatencyRound[], by: Percentile): number[] {
  return rounds.filter((round) => round.requestsPerSecond === rate).map((round) => round[by]);
}
