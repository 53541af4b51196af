import { readFile } from 'node:fs/promises';
import { findWrk } from './load/run-wrk.js';
import { findCores } from './machine/cores.js';
import { parseOptions } from './options.js';
import { publish } from './report/publish.js';
import { reportMarkdown } from './report/report-markdown.js';
import { withMeasurement } from './report/with-measurement.js';
import type { Report } from './results.js';
import { runBenchmark } from './runner/run-benchmark.js';

// Every server ends with this process, by a listener of its own.
process.setMaxListeners(100);

const { scale, only, keep, renderOnly } = parseOptions(process.argv.slice(2));
const report = renderOnly ? await lastReport() : await measure();
console.log(reportMarkdown(report));
if (keep) {
  await publish(withMeasurement(await lastReport(), report));
}
// What was measured in part, or quickly, says nothing that is worth publishing.
if (renderOnly || (only === undefined && scale.name === 'full')) {
  await publish(report);
}

async function measure(): Promise<Report> {
  const startedAt = performance.now();
  const minutes = () => ((performance.now() - startedAt) / 60_000).toFixed(1).padStart(4);
  const lab = {
    scale,
    cores: await findCores(),
    // wrk takes whole seconds only.
    generator: Number.isInteger(scale.seconds) && (await findWrk()) ? 'wrk' : 'built-in',
    onProgress: (text: string) => {
      process.stderr.write(`${minutes()} min  ${text}\n`);
    },
  } as const;
  return runBenchmark(lab, only);
}

async function lastReport(): Promise<Report> {
  // This program has written the file.
  return JSON.parse(await readFile(new URL('results.json', import.meta.url), 'utf8')) as Report;
}
