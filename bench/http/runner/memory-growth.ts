import { type Point, slope } from '../../statistics/slope.js';
import { served } from '../experiment.js';
import type { Laboratory } from '../laboratory.js';
import { processUsage } from '../machine/process-usage.js';
import type { MemoryGrowth } from '../results.js';
import { productApi } from '../servers/product-api.js';
import { startServer } from '../servers/running-server.js';
import { cachedReads } from '../workloads/reads.js';
import { ServerLoad } from './server-load.js';

/** The part of a run that is left out: heap and caches grow to their size there. */
const warmUpPart = 0.3;

/** How many parts a run has; memory is read after each. */
const parts = 20;

/** Reads the service's memory over a long run of cached reads. Undefined without /proc. */
export async function measureMemoryGrowth(lab: Laboratory): Promise<MemoryGrowth | undefined> {
  lab.onProgress(`memory-growth: memory over ${lab.scale.longRunRequests} requests`);
  const server = await startServer(productApi('product-api'), lab);
  try {
    const load = new ServerLoad(served('Product API', server.spec, cachedReads), lab, server);
    const points: Point[] = [];
    for (let requests = 0; points.length < parts; ) {
      const usage = await processUsage(server.pid);
      if (usage === undefined) {
        return undefined;
      }
      points.push({ x: requests, y: usage.residentBytes });
      const count = lab.scale.longRunRequests / parts;
      await load.prepare();
      requests += (await load.sendPaced({ kind: 'for-count', count })).requests;
    }
    const kept = points.slice(Math.round(points.length * warmUpPart));
    return { points, bytesPerRequest: slope(kept) };
  } finally {
    await server.stop();
  }
}
