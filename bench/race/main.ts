import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { describeEnvironment } from '../report/environment.js';
import { replaceBetweenMarkers } from '../report/replace-between-markers.js';
import { type Report, reportMarkdown } from './report.js';
import { resultCell } from './result-cell.js';
import { runRace } from './run-race.js';
import { scenarios } from './scenarios.js';
import { subjects } from './subjects.js';

const resultsFile = new URL('results.json', import.meta.url);
const { values } = parseArgs({
  options: {
    library: { type: 'string' },
    repetitions: { type: 'string', default: '3' },
    render: { type: 'boolean', default: false },
  },
});
const report = values.render ? await lastReport() : await race(Number(values.repetitions));
const markdown = reportMarkdown(report, scenarios);
console.log(`\n${markdown}`);
if (values.library === undefined) {
  const readme = new URL('../README.md', import.meta.url);
  await writeFile(resultsFile, `${JSON.stringify(report, undefined, 2)}\n`);
  await writeFile(readme, replaceBetweenMarkers(await readFile(readme, 'utf8'), 'race', markdown));
}
// Some of the clients keep connecting after they were closed.
process.exit();

async function race(repetitions: number): Promise<Report> {
  const chosen = subjects.filter(({ library }) => (values.library ?? library) === library);
  const results = await runRace({
    subjects: chosen,
    scenarios,
    repetitions,
    onResult: ({ library, setup }, { scenario, runs }) =>
      console.log(`${library} (${setup}), ${scenario}: ${resultCell(runs)}`),
  });
  const packages = chosen.flatMap(({ library, drivers }) => [library, ...drivers]);
  return {
    date: new Date().toISOString().slice(0, 10),
    repetitions,
    environment: await describeEnvironment(packages),
    subjects: results,
  };
}

async function lastReport(): Promise<Report> {
  // This program wrote the file.
  return JSON.parse(await readFile(resultsFile, 'utf8')) as Report;
}
