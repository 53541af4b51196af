import { rateText, timeText } from '../http/report/figures.js';
import type { Conditions } from '../http/results.js';
import { markdownTable } from '../report/markdown-table.js';
import {
  averageCost,
  BASE_LOAD,
  coresFor,
  HEADROOM,
  limitOf,
  mix,
  type Part,
  parts,
  sqliteLimit,
  steps,
} from './load-model.js';
import { operations, type RequestCosts } from './request-costs.js';

/** Returns the tables of docs/scaling.md: the costs, and what the model makes of them. */
export function scalingMarkdown(
  costs: RequestCosts,
  conditions: Pick<Conditions, 'environment'> | undefined,
): string {
  const parts = [warning(conditions), costTable(costs), limitsText(costs), loadTable(costs)];
  return parts.filter(Boolean).join('\n\n');
}

/** Returns a warning if other programs wanted the cores during the measurement. */
function warning(conditions: Pick<Conditions, 'environment'> | undefined): string {
  const { loadAverage = 0, cores = 1 } = conditions?.environment ?? {};
  return loadAverage > cores
    ? `**These costs are far too high.** They were measured while about ${rateText(loadAverage)} programs wanted the machine’s ` +
        `${cores} cores: caches were cold, batches small, and the idle work of PostgreSQL was divided among few requests. Measure ` +
        'again on a quiet machine before you rely on a number below (`npm run bench -- --only request-cost --publish`).'
    : '';
}

function costTable(costs: RequestCosts): string {
  const { SQLite: sqlite, PostgreSQL: postgres } = costs;
  const rows = operations.map((name) => [
    name,
    `${Math.round(mix[name] * 100)}%`,
    ...[sqlite[name].api, sqlite[name].redis].map(timeText),
    ...[postgres[name].api, postgres[name].redis, postgres[name].database].map(timeText),
  ]);
  const [one, other] = [averageCost(costs, 'SQLite'), averageCost(costs, 'PostgreSQL')];
  const average = [one.api, one.redis, other.api, other.redis, other.database];
  return markdownTable(
    [
      ...['A request', 'Its share', 'SQLite: API', 'Redis'],
      ...['PostgreSQL: API', 'Redis', 'Database'],
    ],
    [...rows, ['**Average**', '', ...average.map(timeText)]],
  );
}

function limitsText(costs: RequestCosts): string {
  const cost = averageCost(costs, 'PostgreSQL');
  const line = (part: Part, name: string) =>
    `- **${name}**: ${rateText(limitOf(cost, part))} requests per second.`;
  return [
    `The load at which each has used ${HEADROOM * 100}% of its cores:`,
    '',
    `- **SQLite, with API and Redis on one machine**: ${rateText(sqliteLimit(averageCost(costs, 'SQLite')))} requests per second.`,
    line('redis', 'One Redis'),
    line('database', 'One PostgreSQL'),
  ].join('\n');
}

function loadTable(costs: RequestCosts): string {
  const cost = averageCost(costs, 'PostgreSQL');
  const rows = steps.map((step) => {
    const load = step * BASE_LOAD;
    const cells = parts.map((part) => {
      const cores = rateText(coresFor(cost[part], load));
      return load > limitOf(cost, part) ? `**${cores}**` : cores;
    });
    const changes = rateText(load * (mix.Update + mix.Create));
    return [`× ${rateText(step)}`, rateText(load), changes, ...cells];
  });
  const head = ['Load', 'Requests/s', 'Changes/s', 'API cores', 'Redis cores', 'PostgreSQL cores'];
  return markdownTable(head, rows);
}
