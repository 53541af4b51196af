import { readFile } from 'node:fs/promises';
import { hasWrk } from './load/send-load.js';
import { parseOptions } from './options.js';
import { publish, withMeasurement } from './report/publish.js';
import { reportMarkdown } from './report/report-markdown.js';
import type { Report } from './results.js';
import { findCores } from './run/machine.js';
import { runBenchmark } from './run/run-benchmark.js';

// Every running server has a listener that stops it together with this process.
process.setMaxListeners(100);

const { scale, only, keep, renderOnly } = parseOptions(process.argv.slice(2));
const report = renderOnly ? await lastReport() : await measure();
console.log(reportMarkdown(report));
if (keep) {
  await publish(withMeasurement(await lastReport(), report));
} else if (renderOnly || (only === undefined && scale.name === 'full')) {
  await publish(report);
}

async function measure(): Promise<Report> {
  const startedAt = performance.now();
  const minutes = () => ((performance.now() - startedAt) / 60_000).toFixed(1).padStart(4);
  const onProgress = (text: string) => {
    process.stderr.write(`${minutes()} min  ${text}\n`);
  };
  const bench = { scale, cores: await findCores(), wrk: await hasWrk(), onProgress };
  return runBenchmark(bench, only);
}

async function lastReport(): Promise<Report> {
  // This program wrote the file.
  return JSON.parse(await readFile(new URL('results.json', import.meta.url), 'utf8')) as Report;
}
