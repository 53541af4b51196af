import { median } from '../../statistics/quantile.js';
import type { ExperimentResult, MemoryGrowth, Report, StartUp } from '../results.js';
import { charts } from './charts.js';
import { comparisonTable, ratioTable } from './comparison-table.js';
import { rateText } from './figures.js';
import { generatorBoundMark, standingTable } from './standing-table.js';

/** The experiments that tell what becomes of the service as something grows, or is taken away. */
const aboutItself = ['catalog-growth', 'connection-growth', 'body-size', 'ablations'];

/** A report as Markdown: tables, charts, and what they were measured on. */
export function reportMarkdown(report: Report): string {
  const find = (name: string) => report.experiments.filter((found) => found.name === name);
  const againstOthers = report.experiments.filter(({ name }) => !aboutItself.includes(name));
  return [
    conditions(report),
    ...section('Against others', againstOthers, comparisonTable),
    ...find('cached-read').flatMap((found) => [
      chart('cached-read', report),
      standingTable('A cached read', found),
      chart('cpu-per-request', report),
    ]),
    ...section('As the catalog grows', find('catalog-growth'), comparisonTable),
    chart('growth', report),
    ...section('As connections are added', find('connection-growth'), (found) =>
      [
        ...found.map((one) => standingTable('A cached read over', one)),
        comparisonTable(found),
      ].join('\n\n'),
    ),
    chart('connections', report),
    ...section('As bodies grow', find('body-size'), (found) =>
      found.map((one) => standingTable('A product created by a body of', one)).join('\n\n'),
    ),
    ...section('What each part is worth', find('ablations'), ratioTable),
    chart('ablations', report),
    memoryText(report.memory),
    startUpText(report.startUp),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function section(
  title: string,
  results: readonly ExperimentResult[],
  table: (results: readonly ExperimentResult[]) => string,
): string[] {
  return results.length === 0 ? [] : [`### ${title}`, table(results)];
}

function chart(name: string, report: Report): string {
  const found = charts(report).find((candidate) => candidate.name === name);
  return found === undefined ? '' : `![${found.description}](http/charts/${name}.svg)`;
}

function conditions({ date, environment, scale, pinned, generator }: Report): string {
  const { cpu, cores, memoryGib, system, node, redis } = environment;
  const place = pinned
    ? 'the server on one core, Redis and the generator on another'
    : 'processes on whatever core was free';
  return (
    `Measured on ${date}, in ${scale.launches} launches of ${scale.rounds} interleaved rounds of ${scale.seconds} s: Node ${node}, ` +
    `Redis ${redis}, ${cores} × ${cpu}, ${memoryGib} GiB, ${system}; ${place}; ` +
    `${generator === 'wrk' ? 'wrk' : 'the built-in generator'}.` +
    ` Rates marked${generatorBoundMark} may be the generator’s own: its core was more than 80% busy.`
  );
}

function memoryText(memory: MemoryGrowth | undefined): string {
  const last = memory?.points.at(-1);
  if (memory === undefined || last === undefined) {
    return '';
  }
  const megabytes = Math.round(last.y / 2 ** 20);
  return (
    `**Memory** after ${rateText(last.x)} cached reads: ${megabytes} MiB, and ` +
    `${memory.bytesPerRequest.toFixed(1)} bytes more with each request (least squares, after the warm-up).`
  );
}

function startUpText(startUp: readonly StartUp[]): string {
  if (startUp.length === 0) {
    return '';
  }
  const times = startUp.map(
    ({ products, milliseconds }) =>
      `${Math.round(median(milliseconds))} ms with ${products.toLocaleString('en')} products`,
  );
  return `**Start-up**, from the start of the process to the first product answered: ${times.join(', ')}.`;
}
