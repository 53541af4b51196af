import { type Experiment, served } from '../experiment.js';
import { productApi } from '../servers/product-api.js';
import { cachedReads } from '../workloads/reads.js';

const connections = 256;

/** A second worker process, where the machine's cores are free for whoever needs them. */
export const twoWorkers: Experiment = {
  name: 'two-workers',
  what: 'A product in Redis over 256 connections, on all cores',
  latency: false,
  contestants: ['1', '2'].map((count) => {
    const server = productApi(`workers-${count}`, { pinned: false, env: { WORKERS: count } });
    return served(count === '1' ? '1 worker' : `${count} workers`, server, cachedReads, {
      connections,
    });
  }),
  comparisons: [
    {
      what: '2 workers ÷ 1',
      of: 'workers-2',
      to: 'workers-1',
      by: 'requestsPerSecond',
      atLeast: 1.4,
    },
  ],
};
