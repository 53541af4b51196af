import { markdownTable } from '../../report/markdown-table.js';
import { median } from '../../statistics/quantile.js';
import type {
  ComparisonResult,
  ExperimentResult,
  MemoryGrowth,
  Report,
  StartUp,
  SubjectResult,
} from '../results.js';
import { charts } from './charts.js';
import { latencyOf, medianOf, rateText, ratioText, timeText } from './figures.js';

/** The experiments that compare the service to itself: as something grows, or without a part. */
const aboutItself = ['catalog-growth', 'connection-growth', 'body-size', 'ablations'];

/** Follows a rate that the load generator may have limited. */
const GENERATOR_BOUND = ' †';

/** Returns a report as Markdown: charts, tables, and the conditions of the measurement. */
export function reportMarkdown(report: Report): string {
  const find = (name: string) => report.experiments.filter((one) => one.name === name);
  const others = report.experiments.filter(({ name }) => !aboutItself.includes(name));
  const chartLinks = charts(report).map(
    ({ name, title, subtitle }) => `![${title}. ${subtitle}](http/charts/${name}.svg)`,
  );
  return [
    ...chartLinks,
    conditions(report),
    ...section('Against others', others, comparisonTable),
    ...find('cached-read').map((one) => subjectTable('A cached read', one)),
    ...section('As the catalog grows', find('catalog-growth'), comparisonTable),
    ...section('As connections are added', find('connection-growth'), (found) =>
      [...found.map((one) => subjectTable('A cached read over', one)), comparisonTable(found)].join(
        '\n\n',
      ),
    ),
    ...section('As bodies grow', find('body-size'), (found) =>
      found.map((one) => subjectTable('A product created by a body of', one)).join('\n\n'),
    ),
    ...section('What each part is worth', find('ablations'), ratioTable),
    ...[report.memory].filter((memory) => memory !== undefined).map(memoryText),
    ...(report.startUp.length > 0 ? [startUpText(report.startUp)] : []),
  ].join('\n\n');
}

function section(
  title: string,
  results: readonly ExperimentResult[],
  table: (results: readonly ExperimentResult[]) => string,
): string[] {
  return results.length === 0 ? [] : [`### ${title}`, table(results)];
}

function conditions({ date, environment, scale, pinned, generator }: Report): string {
  const { cpu, cores, memoryGib, system, node, redis } = environment;
  const place = pinned
    ? 'the server on one core, Redis and the load generator on another'
    : 'processes on any core';
  return (
    `Measured on ${date}, in ${scale.launches} launches of ${scale.rounds} interleaved rounds of ${scale.seconds} s: Node ${node}, ` +
    `Redis ${redis}, ${cores} × ${cpu}, ${memoryGib} GiB, ${system}; ${place}; ${generator}. ` +
    `A rate with${GENERATOR_BOUND} may be the limit of the load generator: its core was more than 80% busy.`
  );
}

function comparisonTable(results: readonly ExperimentResult[]): string {
  const head = ['Comparison', 'Ours', 'Theirs', 'Ratio', 'Its quartiles', 'At least', 'Reached'];
  const rows = results.flatMap(({ comparisons, subjects }) =>
    comparisons.map((comparison) => [
      comparison.title,
      figureText(comparison.of, comparison, subjects),
      figureText(comparison.to, comparison, subjects),
      ...ratioCells(comparison),
      ...goalCells(comparison),
    ]),
  );
  return markdownTable(head, rows);
}

/** Each comparison of ablations has rounds of its own, so that rates beside the ratios say no more. */
function ratioTable(results: readonly ExperimentResult[]): string {
  return markdownTable(
    ['Comparison', 'Ratio', 'Its quartiles'],
    results.flatMap(({ comparisons }) =>
      comparisons.map((comparison) => [comparison.title, ...ratioCells(comparison)]),
    ),
  );
}

function ratioCells({ ratio, quartiles: [low, high] }: ComparisonResult): string[] {
  return [`**${ratioText(ratio)}**`, `${ratioText(low)} to ${ratioText(high)}`];
}

function goalCells({ ratio, atLeast }: ComparisonResult): string[] {
  return atLeast === undefined ? ['', ''] : [ratioText(atLeast), ratio >= atLeast ? 'yes' : 'no'];
}

function figureText(
  name: string,
  { by }: ComparisonResult,
  subjects: readonly SubjectResult[],
): string {
  const subject = subjects.find((one) => one.name === name);
  const value = subject && medianOf(subject, by);
  return by === 'p50Micros' ? timeText(value) : `${rateText(value)}/s`;
}

function subjectTable(head: string, { subjects }: ExperimentResult): string {
  const withLatency = subjects.some(({ latency }) => latency.length > 0);
  return markdownTable(
    [
      ...[head, 'Requests/s', 'Processor time for each'],
      ...(withLatency ? ['p50 at 60% of that rate', 'p99'] : []),
    ],
    subjects.map((subject) => {
      const { rounds } = subject;
      const bound = rounds.filter(({ generatorBound }) => generatorBound).length;
      const mark = bound * 2 >= rounds.length ? GENERATOR_BOUND : '';
      const latency = latencyOf(subject);
      return [
        subject.title,
        rateText(medianOf(subject, 'requestsPerSecond')) + mark,
        timeText(medianOf(subject, 'cpuMicros')),
        ...(withLatency ? [timeText(latency?.p50), timeText(latency?.p99)] : []),
      ];
    }),
  );
}

function memoryText({ points, bytesPerRequest }: MemoryGrowth): string {
  const { x = 0, y = 0 } = points.at(-1) ?? {};
  return (
    `**Memory** after ${rateText(x)} cached reads: ${Math.round(y / 2 ** 20)} MiB, and ` +
    `${bytesPerRequest.toFixed(1)} bytes more with each request (least squares, after the warm-up).`
  );
}

function startUpText(startUp: readonly StartUp[]): string {
  const times = startUp.map(
    ({ products, milliseconds }) =>
      `${Math.round(median(milliseconds))} ms with ${products.toLocaleString('en')} products`,
  );
  return `**Start-up**, from the start of the process to the first product: ${times.join(', ')}.`;
}
