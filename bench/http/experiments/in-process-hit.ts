import { type Experiment, served } from '../experiment.js';
import { peer } from '../servers/peer.js';
import { productApi } from '../servers/product-api.js';
import { cachedReads } from '../workloads/reads.js';

/** Reads that need no Redis: from the embedded cache. */
export const inProcessHit: Experiment = {
  name: 'in-process-hit',
  what: 'A product that is in the memory of the process',
  latency: false,
  contestants: [
    served('Embedded cache', productApi('embedded-cache', { redis: 'none' }), cachedReads),
    served('node:http + Map', peer('raw-map', { redis: 'none' }), cachedReads),
  ],
  comparisons: [
    {
      what: 'Read from the embedded cache ÷ raw node:http + Map',
      of: 'embedded-cache',
      to: 'raw-map',
      by: 'requestsPerSecond',
      atLeast: 0.85,
    },
  ],
};
