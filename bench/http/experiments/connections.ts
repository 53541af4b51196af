import { type Experiment, served } from '../experiment.js';
import { peer } from '../servers/peer.js';
import { productApi } from '../servers/product-api.js';
import { cachedReads } from '../workloads/reads.js';

const raw = peer('raw-redis');

/** Many connections at once. */
export const manyConnections: Experiment = {
  name: 'many-connections',
  what: 'The same over 256 connections',
  latency: false,
  contestants: [
    served('Product API', productApi('product-api'), cachedReads, { connections: 256 }),
    served('node:http + ioredis', raw, cachedReads, { connections: 256 }),
  ],
  comparisons: [
    {
      what: 'Cached read over 256 connections ÷ raw node:http + ioredis',
      of: 'product-api',
      to: 'raw-redis',
      by: 'requestsPerSecond',
      atLeast: 1,
    },
  ],
};

/** A single client, whose time to an answer is all that it sees. */
export const oneConnection: Experiment = {
  name: 'one-connection',
  what: 'The same over one connection',
  latency: false,
  contestants: [
    served('Product API', productApi('product-api'), cachedReads, { connections: 1 }),
    served('node:http + ioredis', raw, cachedReads, { connections: 1 }),
  ],
  comparisons: [
    {
      what: 'Median latency of one connection: raw node:http + ioredis ÷ ours',
      of: 'product-api',
      to: 'raw-redis',
      by: 'p50Micros',
      atLeast: 0.9,
    },
  ],
};

const growing = productApi('product-api');

/** What becomes of throughput and latency as connections are added; one alone cannot keep a core busy. */
export const connectionGrowth: Experiment = {
  name: 'connection-growth',
  what: 'The same over more and more connections',
  latency: true,
  contestants: [1, 32, 256, 1024].map((connections) =>
    served(connectionsText(connections), growing, cachedReads, {
      name: String(connections),
      connections,
    }),
  ),
  comparisons: [256, 1024].map((connections) => ({
    what: `Cached read over ${connectionsText(connections)} ÷ 32`,
    of: String(connections),
    to: '32',
    by: 'requestsPerSecond',
    atLeast: 0.8,
  })),
};

function connectionsText(count: number): string {
  return count === 1 ? 'one connection' : `${count.toLocaleString('en')} connections`;
}
