import { describeEnvironment } from '../../report/environment.js';
import { type Point, slope } from '../../statistics/slope.js';
import type { Experiment } from '../experiment.js';
import { experiments } from '../experiments.js';
import type { ExperimentResult, Report } from '../results.js';
import { productApi, subject } from '../subjects.js';
import { cachedReads } from '../workloads.js';
import { processUsage } from './machine.js';
import { MeasuredServer } from './measured-server.js';
import { runExperiment } from './run-experiment.js';
import { type Bench, startServer } from './server.js';

/** The packages whose versions a report names. */
const packages = [
  ...['@fastify/etag', '@hono/node-server', '@ts-rest/express', 'cors', 'express', 'fastify'],
  ...['helmet', 'hono', 'ioredis-6', 'libsql', 'pino', 'pino-http', 'zod'],
];

/** How often memory is read during a run, and the share of the run in which the heap still grows. */
const MEMORY_READINGS = 20;
const MEMORY_WARM_UP = 0.3;

/**
 * Measures everything, or what `only` names.
 *
 * @throws {Error} when nothing has the name `only`
 */
export async function runBenchmark(
  bench: Bench,
  only?: string,
  all: readonly Experiment[] = experiments(bench.scale),
): Promise<Report> {
  const names = [...all.map(({ name }) => name), 'memory-growth', 'start-up'];
  if (only !== undefined && !names.includes(only)) {
    throw new Error(`Unknown measurement ${only}; use one of ${names.join(', ')}`);
  }
  const isChosen = (name: string) => only === undefined || only === name;
  const results: ExperimentResult[] = [];
  for (const experiment of all.filter(({ name }) => isChosen(name))) {
    results.push(await runExperiment(experiment, bench));
  }
  const memory = isChosen('memory-growth') ? await measureMemoryGrowth(bench) : undefined;
  return {
    date: new Date().toISOString().slice(0, 10),
    environment: await describeEnvironment(packages),
    scale: bench.scale,
    pinned: bench.cores.pinned,
    generator: bench.wrk ? 'wrk' : 'autocannon',
    experiments: results,
    ...(memory && { memory }),
    startUp: isChosen('start-up') ? await measureStartUp(bench) : [],
  };
}

/** Reads the service's memory during a long run of cached reads; undefined without /proc. */
async function measureMemoryGrowth(bench: Bench): Promise<Report['memory']> {
  const count = bench.scale.longRunRequests / MEMORY_READINGS;
  bench.onProgress(`memory-growth: memory over ${bench.scale.longRunRequests} requests`);
  const server = await startServer(productApi(), bench);
  try {
    const load = new MeasuredServer(subject('', server.spec, cachedReads), bench, server);
    const points: Point[] = [];
    for (let x = 0; points.length < MEMORY_READINGS; ) {
      const usage = await processUsage(server.pid);
      if (usage === undefined) {
        return undefined;
      }
      points.push({ x, y: usage.residentBytes });
      x += (await load.send(load.subject.connections, { count })).requests;
    }
    const afterWarmUp = points.slice(Math.round(points.length * MEMORY_WARM_UP));
    return { points, bytesPerRequest: slope(afterWarmUp) };
  } finally {
    await server.stop();
  }
}

/** Starts the service repeatedly on an existing database. */
async function measureStartUp(bench: Bench): Promise<Report['startUp']> {
  bench.onProgress('start-up: from the start of the process to the first product');
  const results: { products: number; milliseconds: number[] }[] = [];
  for (const products of bench.scale.sizes) {
    const milliseconds: number[] = [];
    while (milliseconds.length < bench.scale.starts) {
      const server = await startServer(productApi('product-api', { products }), bench);
      milliseconds.push(server.startMs);
      await server.stop();
    }
    results.push({ products, milliseconds });
  }
  return results;
}
