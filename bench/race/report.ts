import type { Environment } from '../report/environment.js';
import { markdownTable } from '../report/markdown-table.js';
import { resultCell } from './result-cell.js';
import type { Standing } from './run-race.js';
import type { Scenario } from './scenario.js';

/** Everything that a race found, as it is kept in `results.json`. */
export interface Report {
  /** The day of the race, as `2020-12-31`. */
  readonly date: string;
  readonly repetitions: number;
  readonly environment: Environment;
  readonly standings: readonly Standing[];
}

/** The report as Markdown: one table of results, and one of what was raced. */
export function reportMarkdown(
  { date, repetitions, environment, standings }: Report,
  scenarios: readonly Scenario[],
): string {
  const { cpu, cores, memoryGib, system, node, redis, versions } = environment;
  const results = markdownTable(
    ['', 'Library', ...scenarios.map(({ title }) => title)],
    standings.map(({ contender, results }, index) => [
      String(index + 1),
      contender.library,
      ...scenarios.map(({ name }) =>
        resultCell(results.find(({ scenario }) => scenario === name)?.trials ?? []),
      ),
    ]),
  );
  const setups = markdownTable(
    ['', 'Packages', 'Setup', 'Documentation'],
    standings.map(({ contender }, index) => [
      String(index + 1),
      [contender.library, ...contender.drivers]
        .map((name) => `${name} ${versions[name] ?? '?'}`)
        .join(', '),
      contender.note === undefined ? contender.setup : `${contender.setup} (${contender.note})`,
      `[read](${contender.documentation})`,
    ]),
  );
  const conditions =
    `${repetitions} runs of each on ${date}: Node ${node}, Redis ${redis}, ` +
    `${cores} × ${cpu}, ${memoryGib} GiB, ${system}.`;
  return [results, conditions, setups].join('\n\n');
}
