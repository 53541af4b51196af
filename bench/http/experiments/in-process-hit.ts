import { type Experiment, served } from '../experiment.js';
import { peer } from '../servers/peer.js';
import { productApi } from '../servers/product-api.js';
import { cachedReads } from '../workloads/reads.js';

/** Reads that need no Redis: from the near tier before it, and from the embedded cache. */
export const inProcessHit: Experiment = {
  name: 'in-process-hit',
  what: 'A product that is in the memory of the process',
  latency: false,
  contestants: [
    served('Near tier', productApi('near-tier', { env: { CACHE_NEAR: 'true' } }), cachedReads),
    served('Embedded cache', productApi('embedded-cache', { redis: 'none' }), cachedReads),
    served('node:http + Map', peer('raw-map', { redis: 'none' }), cachedReads),
  ],
  comparisons: [
    {
      what: 'Read from the near tier ÷ raw node:http + Map',
      of: 'near-tier',
      to: 'raw-map',
      by: 'requestsPerSecond',
      atLeast: 0.85,
    },
    {
      what: 'Read from the embedded cache ÷ raw node:http + Map',
      of: 'embedded-cache',
      to: 'raw-map',
      by: 'requestsPerSecond',
      atLeast: 0.85,
    },
  ],
};
