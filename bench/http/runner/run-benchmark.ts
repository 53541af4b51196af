import { describeEnvironment } from '../../report/environment.js';
import { experiments } from '../experiments/experiments.js';
import type { Laboratory } from '../laboratory.js';
import type { ExperimentResult, Report } from '../results.js';
import { measureMemoryGrowth } from './memory-growth.js';
import { runExperiment } from './run-experiment.js';
import { measureStartUp } from './start-up.js';

/** The packages whose versions a report names. */
const packages = [
  ...['@fastify/etag', '@hono/node-server', '@ts-rest/express', 'cors', 'express', 'fastify'],
  ...['helmet', 'hono', 'ioredis-6', 'libsql', 'pino', 'pino-http', 'zod'],
];

/**
 * Measures everything, or the one thing of that name.
 *
 * @throws Error when nothing has that name
 */
export async function runBenchmark(lab: Laboratory, only?: string): Promise<Report> {
  const chosen = experiments(lab.scale).filter(({ name }) => name === (only ?? name));
  const isChosen = (name: string) => only === undefined || only === name;
  const memoryChosen = isChosen('memory-growth');
  const startUpChosen = isChosen('start-up');
  if (chosen.length === 0 && !memoryChosen && !startUpChosen) {
    throw new Error(`There is no ${only}; there are ${measurementNames(lab).join(', ')}`);
  }
  const results: ExperimentResult[] = [];
  for (const experiment of chosen) {
    results.push(await runExperiment(experiment, lab));
  }
  const memory = memoryChosen ? await measureMemoryGrowth(lab) : undefined;
  return {
    date: new Date().toISOString().slice(0, 10),
    environment: await describeEnvironment(packages),
    scale: lab.scale,
    pinned: lab.cores.pinned,
    generator: lab.generator,
    experiments: results,
    ...(memory && { memory }),
    startUp: startUpChosen ? await measureStartUp(lab) : [],
  };
}

/** The names of all that can be measured. */
export function measurementNames({ scale }: Laboratory): string[] {
  return [...experiments(scale).map(({ name }) => name), 'memory-growth', 'start-up'];
}
