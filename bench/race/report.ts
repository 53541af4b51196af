import type { Environment } from '../report/environment.js';
import { markdownTable } from '../report/markdown-table.js';
import { resultCell } from './result-cell.js';
import type { SubjectResult } from './run-race.js';
import type { Scenario } from './scenario.js';

/** The results of a race, as `results.json` has them. */
export interface Report {
  /** The day of the race, such as `2020-12-31`. */
  readonly date: string;
  readonly repetitions: number;
  readonly environment: Environment;
  readonly subjects: readonly SubjectResult[];
}

/** Returns a report as Markdown: a table of results, and a table of the setups. */
export function reportMarkdown(
  { date, repetitions, environment, subjects }: Report,
  scenarios: readonly Scenario[],
): string {
  const columns = scenarios.filter(({ name }) =>
    subjects.some(({ results }) => results.some(({ scenario }) => scenario === name)),
  );
  const { cpu, cores, memoryGib, system, node, redis, versions } = environment;
  const results = markdownTable(
    ['', 'Library', ...columns.map(({ title }) => title)],
    subjects.map(({ subject, results }, index) => [
      String(index + 1),
      subject.library,
      ...columns.map(({ name }) =>
        resultCell(results.find(({ scenario }) => scenario === name)?.runs ?? []),
      ),
    ]),
  );
  const setups = markdownTable(
    ['', 'Packages', 'Setup', 'Documentation'],
    subjects.map(({ subject }, index) => [
      String(index + 1),
      [subject.library, ...subject.drivers]
        .map((name) => `${name} ${versions[name] ?? '?'}`)
        .join(', '),
      subject.note === undefined ? subject.setup : `${subject.setup} (${subject.note})`,
      `[read](${subject.documentation})`,
    ]),
  );
  const conditions =
    `${repetitions} runs of each on ${date}: Node ${node}, Redis ${redis}, ` +
    `${cores} × ${cpu}, ${memoryGib} GiB, ${system}.`;
  return [results, conditions, setups].join('\n\n');
}
