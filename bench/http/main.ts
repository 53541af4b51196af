import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { replaceBetweenMarkers } from '../report/replace-between-markers.js';
import { experiments } from './experiments.js';
import { nodeVersionExperiment } from './node-versions.js';
import { charts, draw } from './report/charts.js';
import { reportMarkdown } from './report/report-markdown.js';
import { withReplaced } from './report/with-replaced.js';
import type { Report } from './results.js';
import { runBenchmark } from './run/run-benchmark.js';
import { fullScale } from './scale.js';

const options = {
  launches: { type: 'string' },
  rounds: { type: 'string' },
  products: { type: 'string' },
  only: { type: 'string' },
  node: { type: 'string' },
  publish: { type: 'boolean' },
  render: { type: 'boolean' },
} as const;
const {
  launches,
  rounds,
  products,
  only: chosen,
  node,
  publish: isPublished,
  render,
} = parseArgs({ options }).values;

// Every running server has a listener that stops it together with this process.
process.setMaxListeners(100);

const resultsFile = new URL('results.json', import.meta.url);
if (render) {
  await publish(await lastReport());
} else {
  const startedAt = performance.now();
  const scale = {
    ...fullScale,
    ...(launches && { launches: Number(launches) }),
    ...(rounds && { rounds: Number(rounds) }),
    ...(products && { products: Number(products) }),
  };
  const all = node ? [await nodeVersionExperiment(node.split(','))] : experiments(scale);
  const only = node ? 'node-versions' : chosen;
  const report = await runBenchmark(all, scale, only, (text) => {
    const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1).padStart(4);
    process.stderr.write(`${minutes} min  ${text}\n`);
  });
  console.log(reportMarkdown(report));
  if (only === undefined) {
    await publish(report);
  } else if (isPublished && node === undefined) {
    await publish(withReplaced(await lastReport(), report));
  }
}

async function lastReport(): Promise<Report> {
  // `publish` wrote the file.
  return JSON.parse(await readFile(resultsFile, 'utf8'));
}

/** Writes a report to `results.json`, its charts to `charts/`, and its tables into the README. */
async function publish(report: Report): Promise<void> {
  await writeFile(resultsFile, `${JSON.stringify(report, undefined, 2)}\n`);
  for (const chart of charts(report.experiments)) {
    const file = new URL(`charts/${chart.name}.svg`, import.meta.url);
    await writeFile(file, await draw(chart));
  }
  const readme = new URL('../README.md', import.meta.url);
  const text = await readFile(readme, 'utf8');
  await writeFile(readme, replaceBetweenMarkers(text, 'http', reportMarkdown(report)));
}
