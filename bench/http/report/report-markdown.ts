import { markdownTable } from '../../report/markdown-table.js';
import { median } from '../../statistics/quantile.js';
import type { ComparisonResult, ExperimentResult, Report, SubjectResult } from '../results.js';
import { charts } from './charts.js';
import { latencyOf, medianOf, rateText, ratioText, timeText } from './figures.js';

/** Follows a rate that the load generator may have limited. */
const GENERATOR_BOUND = ' †';

/** The sections of experiments that compare the service to itself. The others share a section. */
const sections: Readonly<Record<string, (result: ExperimentResult) => string[]>> = {
  'catalog-growth': (result) => folded('As the catalog grows', result, [comparisonTable([result])]),
  'connection-growth': (result) =>
    folded('As connections are added', result, [
      subjectTable('A cached read over', result),
      comparisonTable([result]),
    ]),
  'body-size': (result) =>
    folded('As bodies grow', result, [subjectTable('A product created by a body of', result)]),
  ablations: ({ comparisons }) => [
    '### What each part is worth',
    // Each comparison has rounds of its own, so that rates beside the ratios say no more.
    markdownTable(
      ['Comparison', 'Ratio', 'Its quartiles'],
      comparisons.map((comparison) => [comparison.title, ...ratioCells(comparison)]),
    ),
  ],
};

/** Returns a report as Markdown: charts, the conditions of the measurement, and tables. */
export function reportMarkdown(report: Report): string {
  const { experiments, memory, startUp } = report;
  const shown = experiments.filter(({ name }) => name === 'cached-read' || name === 'ablations');
  const others = experiments.filter(({ name }) => sections[name] === undefined);
  const cachedRead = experiments.filter(({ name }) => name === 'cached-read');
  return [
    ...chartLinks(shown),
    conditions(report),
    ...(others.length > 0 ? ['### Against others', comparisonTable(others)] : []),
    ...cachedRead.map((result) => subjectTable('A cached read', result)),
    ...experiments.flatMap((result) => sections[result.name]?.(result) ?? []),
    ...(memory ? [memoryText(memory)] : []),
    ...(startUp.length > 0 ? [startUpText(startUp)] : []),
  ].join('\n\n');
}

function chartLinks(experiments: readonly ExperimentResult[]): string[] {
  return charts(experiments).map(
    ({ name, title, subtitle }) => `![${title}. ${subtitle}](http/charts/${name}.svg)`,
  );
}

/** Returns a section that readers unfold: a chart, if the experiment has one, and tables. */
function folded(title: string, result: ExperimentResult, tables: readonly string[]): string[] {
  const summary = `<details>\n<summary>${title}</summary>`;
  return [summary, ...chartLinks([result]), ...tables, '</details>'];
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
  return markdownTable(
    ['Comparison', 'Ours', 'Theirs', 'Ratio', 'Its quartiles', 'At least', 'Reached'],
    results.flatMap(({ comparisons, subjects }) =>
      comparisons.map((comparison) => {
        const { title, of, to, by, ratio, atLeast } = comparison;
        const figures = [of, to].map((name) => {
          const subject = subjects.find((one) => one.name === name);
          const value = subject && medianOf(subject, by);
          return by === 'p50Micros' ? timeText(value) : `${rateText(value)}/s`;
        });
        const goal = atLeast === undefined ? '' : ratioText(atLeast);
        const reached = atLeast === undefined ? '' : ratio >= atLeast ? 'yes' : 'no';
        return [title, ...figures, ...ratioCells(comparison), goal, reached];
      }),
    ),
  );
}

function ratioCells({ ratio, quartiles: [low, high] }: ComparisonResult): string[] {
  return [`**${ratioText(ratio)}**`, `${ratioText(low)} to ${ratioText(high)}`];
}

function subjectTable(head: string, { subjects }: ExperimentResult): string {
  const withLatency = subjects.some(({ latency }) => latency.length > 0);
  return markdownTable(
    [
      ...[head, 'Requests/s', 'Processor time for each'],
      ...(withLatency ? ['p50 at 60% of that rate', 'p99'] : []),
    ],
    subjects.map((subject) => {
      const latency = latencyOf(subject);
      return [
        subject.title,
        rateText(medianOf(subject, 'requestsPerSecond')) + boundMark(subject),
        timeText(medianOf(subject, 'cpuMicros')),
        ...(withLatency ? [timeText(latency?.p50), timeText(latency?.p99)] : []),
      ];
    }),
  );
}

function boundMark({ rounds }: SubjectResult): string {
  const bound = rounds.filter(({ generatorBound }) => generatorBound).length;
  return bound * 2 >= rounds.length ? GENERATOR_BOUND : '';
}

function memoryText({ points, bytesPerRequest }: NonNullable<Report['memory']>): string {
  const { x = 0, y = 0 } = points.at(-1) ?? {};
  return (
    `**Memory** after ${rateText(x)} cached reads: ${Math.round(y / 2 ** 20)} MiB, and ` +
    `${bytesPerRequest.toFixed(1)} bytes more with each request (least squares, after the warm-up).`
  );
}

function startUpText(startUp: Report['startUp']): string {
  const times = startUp.map(
    ({ products, milliseconds }) =>
      `${Math.round(median(milliseconds))} ms with ${products.toLocaleString('en')} products`,
  );
  return `**Start-up**, from the start of the process to the first product: ${times.join(', ')}.`;
}
