import { type Experiment, served } from '../experiment.js';
import { peer } from '../servers/peer.js';
import { productApi } from '../servers/product-api.js';
import { cachedReads } from '../workloads/reads.js';

/** The hot path against its peers: a product that is in Redis. */
export const cachedRead: Experiment = {
  name: 'cached-read',
  what: 'A product that is in Redis, read over 32 connections',
  latency: true,
  contestants: [
    served('Product API', productApi('product-api'), cachedReads),
    served('node:http + ioredis', peer('raw-redis'), cachedReads),
    served('Fastify + ioredis', peer('fastify-redis'), cachedReads),
    served('Hono + ioredis', peer('hono-redis'), cachedReads),
    served('Express + ts-rest, as documented', peer('documented-express'), cachedReads),
    served('node:http + ioredis, coalesced', peer('raw-coalesced'), cachedReads),
    served('node:http, constant body', peer('raw-constant', { redis: 'none' }), cachedReads),
  ],
  comparisons: [
    to('raw-redis', 'Cached read ÷ raw node:http + ioredis', 0.95),
    to('fastify-redis', 'Cached read ÷ Fastify with the same features', 1),
    to('documented-express', 'Cached read ÷ Express and ts-rest as documented', 8),
  ],
};

function to(name: string, what: string, atLeast: number) {
  return { what, of: 'product-api', to: name, by: 'requestsPerSecond', atLeast } as const;
}
