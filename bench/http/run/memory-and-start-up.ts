import { type Point, slope } from '../../statistics/slope.js';
import { subject } from '../experiment.js';
import type { Report } from '../results.js';
import { productApi } from '../servers.js';
import { cachedReads } from '../workloads.js';
import { residentBytes } from './machine.js';
import { MeasuredServer } from './measured-server.js';
import { type Bench, startServer } from './server.js';

/**
 * How often memory is read during a run, and the share of the run in which the heap still grows.
 */
const MEMORY_READINGS = 20;
const MEMORY_WARM_UP = 0.3;

/** Reads the service's memory during a long run of cached reads. */
export async function measureMemoryGrowth(bench: Bench): Promise<Report['memory']> {
  bench.onProgress('memory-growth: memory during a long run');
  const server = await startServer(productApi(), bench);
  try {
    const reads = subject('', productApi(), cachedReads);
    const load = new MeasuredServer(reads, server, bench.scale.memorySeconds);
    const points: Point[] = [];
    for (let x = 0; points.length < MEMORY_READINGS; ) {
      points.push({ x, y: await residentBytes(server.pid) });
      x += (await load.send()).requests;
    }
    const afterWarmUp = points.slice(Math.round(points.length * MEMORY_WARM_UP));
    return { points, bytesPerRequest: slope(afterWarmUp) };
  } finally {
    await server.stop();
  }
}

/** Starts the service repeatedly on an existing database. */
export async function measureStartUp(bench: Bench): Promise<Report['startUp']> {
  const { sizes, launches } = bench.scale;
  bench.onProgress('start-up: from the start of the process to the first product');
  const results = sizes.map((products) => ({ products, milliseconds: [] as number[] }));
  for (const { products, milliseconds } of results) {
    while (milliseconds.length < launches) {
      const server = await startServer(productApi({ products }), bench);
      milliseconds.push(server.startMs);
      await server.stop();
    }
  }
  return results;
}
