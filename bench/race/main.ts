import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { describeEnvironment } from '../report/environment.js';
import { replaceBetweenMarkers } from '../report/replace-between-markers.js';
import { contenders } from './contenders.js';
import { type Report, reportMarkdown } from './report.js';
import { resultCell } from './result-cell.js';
import { runRace } from './run-race.js';
import { scenarios } from './scenarios.js';

const { values } = parseArgs({
  options: { library: { type: 'string' }, repetitions: { type: 'string', default: '3' } },
});
const repetitions = Number(values.repetitions);
const chosen = contenders.filter(({ library }) => (values.library ?? library) === library);

const standings = await runRace({
  contenders: chosen,
  scenarios,
  repetitions,
  onResult: ({ library, setup }, { scenario, trials }) =>
    console.log(`${library} (${setup}), ${scenario}: ${resultCell(trials)}`),
});
const report: Report = {
  date: new Date().toISOString().slice(0, 10),
  repetitions,
  environment: await describeEnvironment(
    chosen.flatMap(({ library, drivers }) => [library, ...drivers]),
  ),
  standings,
};
const markdown = reportMarkdown(report, scenarios);
console.log(`\n${markdown}`);
if (values.library === undefined) {
  const readme = new URL('../README.md', import.meta.url);
  await writeFile(
    new URL('results.json', import.meta.url),
    `${JSON.stringify(report, undefined, 2)}\n`,
  );
  await writeFile(readme, replaceBetweenMarkers(await readFile(readme, 'utf8'), 'race', markdown));
}
// Some of the clients go on connecting after they were closed.
process.exit();
