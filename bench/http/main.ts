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

// This program wrote the file.
const last = JSON.parse(await readFile(new URL('results.json', import.meta.url), 'utf8')) as Report;
const { scale, only, keep, render } = parseOptions(process.argv.slice(2));
const startedAt = performance.now();
const onProgress = (text: string) => {
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1).padStart(4);
  process.stderr.write(`${minutes} min  ${text}\n`);
};
const bench = { scale, cores: await findCores(), wrk: await hasWrk(), onProgress };
const report = render ? last : await runBenchmark(bench, only);
console.log(reportMarkdown(report));
if (keep) {
  await publish(withMeasurement(last, report));
} else if (render || (only === undefined && scale.name === 'full')) {
  await publish(report);
}
