import { describeEnvironment } from '../../report/environment.js';
import { openCatalogs } from '../catalogs/catalogs.js';
import type { Experiment } from '../experiment.js';
import type { ExperimentResult, Report } from '../results.js';
import type { Scale } from '../scale.js';
import { canPin, LOAD_CORE } from './machine.js';
import { measureMemoryGrowth, measureStartUp } from './memory-and-start-up.js';
import { runExperiment } from './run-experiment.js';
import type { Bench } from './server.js';

/** The packages whose versions a report names. */
const packages = [
  ...['@fastify/etag', '@hono/node-server', '@ts-rest/express', 'cors', 'express', 'fastify'],
  ...['helmet', 'hono', 'ioredis-6', 'libsql', 'pg', 'pino', 'pino-http', 'zod'],
];

/**
 * Runs all experiments, and measures the service's memory and start-up time; or does only what
 * `only` names.
 *
 * @throws {Error} when nothing has the name `only`
 */
export async function runBenchmark(
  experiments: readonly Experiment[],
  scale: Scale,
  only: string | undefined,
  onProgress: Bench['onProgress'],
): Promise<Report> {
  const names = [...new Set(experiments.map(({ name }) => name))];
  const known = [...names, 'memory-growth', 'start-up'];
  if (only !== undefined && !known.includes(only)) {
    throw new Error(`Unknown measurement ${only}; use one of ${known.join(', ')}`);
  }
  const isChosen = (name: string) => only === undefined || only === name;
  const environment = await describeEnvironment(packages);
  const pinned = await canPin();
  const catalogs = await openCatalogs(pinned ? LOAD_CORE : undefined, onProgress);
  const bench = { scale, pinned, catalogs, onProgress };
  try {
    const results: ExperimentResult[] = [];
    for (const name of names.filter(isChosen)) {
      const parts: ExperimentResult[] = [];
      for (const experiment of experiments.filter((each) => each.name === name)) {
        parts.push(await runExperiment(experiment, bench));
      }
      const subjects = parts.flatMap((part) => part.subjects);
      results.push({ name, subjects, comparisons: parts.flatMap((part) => part.comparisons) });
    }
    const memory = isChosen('memory-growth') ? await measureMemoryGrowth(bench) : undefined;
    const startUp = isChosen('start-up') ? await measureStartUp(bench) : [];
    const date = new Date().toISOString().slice(0, 10);
    return { date, environment, scale, pinned, experiments: results, memory, startUp };
  } finally {
    await catalogs.close();
  }
}
