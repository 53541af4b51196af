import { readFile, writeFile } from 'node:fs/promises';
import { describeEnvironment } from '../report/environment.js';
import { replaceBetweenMarkers } from '../report/replace-between-markers.js';
import { type Comparison, measureLaunch } from './measure-launch.js';
import { concurrencies, operations } from './measure-round.js';
import { costsTable } from './report.js';

/** Two connections of one program differ in speed, so that each side has several. */
const LAUNCHES = 7;
const rounds = { warmUps: 3, rounds: 9 };

const comparisons: Comparison[] = concurrencies.flatMap((concurrency) =>
  operations.map((operation) => ({ operation, concurrency, rounds: [] })),
);
for (let launch = 0; launch < LAUNCHES; launch++) {
  await measureLaunch(comparisons, rounds);
}

const table = costsTable(comparisons);
console.log(`\n${table}`);
const environment = await describeEnvironment(['ioredis-6']);
const folder = new URL('.', import.meta.url);
await writeFile(
  new URL('results.json', folder),
  `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), environment, comparisons }, undefined, 2)}\n`,
);
const readme = new URL('../README.md', import.meta.url);
await writeFile(readme, replaceBetweenMarkers(await readFile(readme, 'utf8'), 'costs', table));
