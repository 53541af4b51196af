import { markdownTable } from '../../report/markdown-table.js';
import { median } from '../../statistics/quantile.js';
import type {
  ComparisonResult,
  Conditions,
  ExperimentResult,
  Report,
  Round,
  SubjectResult,
} from '../results.js';
import { eventDelaysTable } from './changes.js';
import { charts } from './charts.js';
import { medianOf, rateText, ratioText, roundsOf, timeText } from './figures.js';
import { latencyTable, latenessText } from './latency.js';

/** Above this share of a core, the generator rather than the server may limit the rate. */
const TOO_BUSY = 0.8;

/** Follows a rate that the load generator may have limited. */
const GENERATOR_BOUND = ' †';

/** The experiments that show the service as its load grows: the titles of section and subjects. */
const growth: Readonly<Record<string, readonly [string, string]>> = {
  'catalog-growth': ['As the catalog grows', 'A request'],
  'connection-growth': ['As connections are added', 'A cached read over'],
  'body-size': ['As bodies grow', 'A product created by a body of'],
};

/**
 * The experiments whose comparisons have a section of their own: its title, and what the two sides
 * of a comparison are.
 */
const sections: Readonly<Record<string, readonly [string, readonly [string, string]]>> = {
  auth: ['Cached reads with an API key', ['The first', 'The second']],
  'rate-limits': ['Rate limits', ['With limits', 'Without']],
  postgres: ['PostgreSQL and SQLite', ['The first', 'The second']],
  history: ['Writes with the history', ['With', 'Without']],
  idempotency: ['Writes with an idempotency key', ['With keys', 'Without']],
  'sql-writers': ['Other programs that write to PostgreSQL', ['The first', 'The second']],
};

/** The experiments whose section has another form. */
const ownForms: ReadonlySet<string> = new Set(['ablations', 'changes', 'latency', 'request-cost']);

/** Returns a report as Markdown: charts, the conditions of the measurement, and tables. */
export function reportMarkdown(report: Report): string {
  const { experiments, memory, startUp } = report;
  const named = (name: string) => experiments.filter((result) => result.name === name);
  const others = experiments.filter(
    ({ name }) => !growth[name] && !sections[name] && !ownForms.has(name),
  );
  return [
    ...charts(experiments).map(
      ({ name, title, subtitle }) => `![${title}. ${subtitle}](http/charts/${name}.svg)`,
    ),
    conditions(report),
    ...(others.length > 0 ? ['### Against others', comparisonTable(others)] : []),
    ...named('cached-read').map((result) => subjectTable('A cached read', result)),
    ...named('latency').flatMap((result) => [
      '### At equal rates',
      conditions(result.conditions ?? report),
      latencyTable(result),
      latenessText(result),
    ]),
    ...Object.entries(growth).flatMap(([name, [title, head]]) =>
      named(name).flatMap((result) => [
        `<details>\n<summary>${title}</summary>`,
        subjectTable(head, result),
        ...(result.comparisons.length > 0 ? [comparisonTable([result])] : []),
        '</details>',
      ]),
    ),
    ...named('ablations').flatMap(({ comparisons }) => {
      // Each comparison has rounds of its own, so that rates beside the ratios say no more.
      const rows = comparisons.map((comparison) => [comparison.title, ...ratioCells(comparison)]);
      const table = markdownTable(['Comparison', 'Ratio', 'Its quartiles'], rows);
      return ['### What each part is worth', table];
    }),
    ...Object.entries(sections).flatMap(([name, [title, sides]]) =>
      named(name).flatMap((result) => [
        `### ${title}`,
        conditions(result.conditions ?? report),
        comparisonTable([result], sides),
      ]),
    ),
    ...named('changes').flatMap((result) => [
      '### The feed of changes',
      conditions(result.conditions ?? report),
      comparisonTable([result], ['With', 'Without']),
      eventDelaysTable(result),
      subjectTable('One client', { ...result, subjects: result.subjects.map(withoutLatency) }),
    ]),
    ...named('request-cost').flatMap((result) => [
      '### What a request costs each process',
      conditions(result.conditions ?? report),
      subjectTable('A request', result),
    ]),
    ...(memory ? [memoryText(memory)] : []),
    ...(startUp.length > 0 ? [startUpText(startUp)] : []),
  ].join('\n\n');
}

function conditions({ date, environment, scale, pinned }: Conditions): string {
  const { cpu, cores, memoryGib, system, node, redis, postgres, loadAverage } = environment;
  const place = pinned
    ? `the server on one core, Redis${postgres ? ', PostgreSQL' : ''} and the load generator on another`
    : 'processes on any core';
  return (
    `Measured on ${date}, in ${scale.launches} launches of ${scale.rounds} interleaved rounds of ${scale.seconds} s: Node ${node}, ` +
    `Redis ${redis}, ${postgres ? `PostgreSQL ${postgres}, ` : ''}${cores} × ${cpu}, ${memoryGib} GiB, ${system}; ${place}; wrk. ` +
    (loadAverage === undefined
      ? ''
      : `Other programs used the machine: its load average was ${rateText(loadAverage)}. `) +
    `A rate with${GENERATOR_BOUND} may be the limit of the load generator: its core was more than 80% busy.`
  );
}

function comparisonTable(
  results: readonly ExperimentResult[],
  sides: readonly [string, string] = ['Ours', 'Theirs'],
): string {
  const rows = results.flatMap(({ comparisons, subjects }) =>
    comparisons.map((comparison) => {
      const { title, of, to, by, ratio, atLeast } = comparison;
      const figures = [of, to].map((subject) => {
        const value = medianOf(roundsOf(subject, subjects), by);
        return by === 'p50Micros' ? timeText(value) : `${rateText(value)}/s`;
      });
      const goal =
        atLeast === undefined ? ['', ''] : [ratioText(atLeast), ratio >= atLeast ? 'yes' : 'no'];
      return [title, ...figures, ...ratioCells(comparison), ...goal];
    }),
  );
  const figures = [...sides, 'Ratio', 'Its quartiles', 'At least', 'Reached'];
  return markdownTable(['Comparison', ...figures], rows);
}

function ratioCells({ ratio, quartiles: [low, high] }: ComparisonResult): string[] {
  return [`**${ratioText(ratio)}**`, `${ratioText(low)} to ${ratioText(high)}`];
}

/** The other processes whose time for each request may be known. */
const otherServers = [
  ['of PostgreSQL', 'databaseMicros'],
  ['of Redis', 'redisMicros'],
] as const;

function subjectTable(head: string, { subjects }: ExperimentResult): string {
  const withLatency = subjects.some(({ latency }) => latency.length > 0);
  const latencies = withLatency ? ['p50 at 60% of that rate', 'p99'] : [];
  const servers = otherServers.filter(([, figure]) =>
    subjects.some(({ rounds }) => medianOf(rounds, figure) !== undefined),
  );
  return markdownTable(
    [head, 'Requests/s', 'Processor time for each', ...servers.map(([name]) => name), ...latencies],
    subjects.map(({ title, rounds, latency }) => [
      title,
      rateText(medianOf(rounds, 'requestsPerSecond')) + boundMark(rounds),
      timeText(medianOf(rounds, 'cpuMicros')),
      ...servers.map(([, figure]) => timeText(medianOf(rounds, figure))),
      ...(withLatency ? [medianOf(latency, 'p50Micros'), medianOf(latency, 'p99Micros')] : []).map(
        timeText,
      ),
    ]),
  );
}

function withoutLatency(subject: SubjectResult): SubjectResult {
  return { ...subject, latency: [] };
}

function boundMark(rounds: readonly Round[]): string {
  const bound = rounds.filter(({ generatorBusy = 0 }) => generatorBusy > TOO_BUSY).length;
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
  const times = startUp.map(({ products, milliseconds }) => {
    const time = Math.round(median(milliseconds));
    return `${time} ms with ${products.toLocaleString('en')} products`;
  });
  return `**Start-up**, from the start of the process to the first product: ${times.join(', ')}.`;
}
