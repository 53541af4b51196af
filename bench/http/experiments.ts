import { ablationExperiments } from './ablations/ablations.js';
import { authExperiments } from './auth.js';
import { changeExperiments } from './changes.js';
import { byThroughput, type Experiment, pair, type ServerSubject, subject } from './experiment.js';
import { growthExperiments } from './growth.js';
import { historyExperiments } from './history.js';
import { idempotencyExperiments } from './idempotency.js';
import { postgresExperiments } from './postgres.js';
import { rateLimitExperiments } from './rate-limits.js';
import type { Scale } from './scale.js';
import { searchExperiments } from './search.js';
import { peer, productApi, rawPeer } from './servers.js';
import { stockExperiments } from './stock.js';
import {
  BATCH_SIZE,
  cachedBatches,
  cachedReads,
  conditionalReads,
  creates,
  deletes,
  firstPage,
  uncachedReads,
  updates,
} from './workloads.js';

/** Returns all experiments in the order in which they run and are reported. */
export function experiments(scale: Scale): Experiment[] {
  return [
    cachedRead(),
    latencies(),
    ...pairsOfReads(),
    batchGet(),
    ...rateLimitExperiments(),
    ...databaseExperiments(scale),
    ...stockExperiments(scale),
    listPage(),
    twoWorkers(),
    ...idempotencyExperiments(scale),
    ...historyExperiments(scale),
    ...changeExperiments(),
    ...authExperiments(),
    ...growthExperiments(scale),
    ...searchExperiments(scale),
    ...postgresExperiments(scale),
    ...ablationExperiments(),
  ];
}

/** The service and its peers under cached reads. */
function readers(connections?: number): ServerSubject[] {
  const servers = [
    ['Product API', productApi()],
    ['node:http + ioredis', rawPeer('raw-redis')],
    ['Fastify + ioredis', peer('fastify-redis')],
    ['Hono + ioredis', peer('hono-redis')],
    ['Express + ts-rest, as documented', peer('documented-express')],
    ['node:http + ioredis, coalesced', rawPeer('raw-coalesced')],
    ['node:http, constant body', rawPeer('raw-constant', 'none')],
  ] as const;
  return servers.map(([title, server]) => subject(title, server, cachedReads, connections));
}

/** Reads of products that are in Redis. */
function cachedRead(): Experiment {
  const goals = [
    ['Cached read ÷ raw node:http + ioredis', 'node:http + ioredis', 0.95],
    ['Cached read ÷ raw node:http + ioredis, coalesced', 'node:http + ioredis, coalesced', 0.9],
    ['Cached read ÷ Fastify with the same features', 'Fastify + ioredis', 1],
    ['Cached read ÷ Express and ts-rest as documented', 'Express + ts-rest, as documented', 8],
  ] as const;
  return {
    name: 'cached-read',
    subjects: readers(),
    comparisons: goals.map(([title, to, atLeast]) =>
      byThroughput(title, 'Product API', to, atLeast),
    ),
  };
}

/** The latencies of cached reads when the servers are not full: all get the same rates. */
function latencies(): Experiment {
  const rates = [2000, 5000, 10_000, 15_000];
  return { name: 'latency', subjects: readers(64), comparisons: [], rates };
}

/**
 * Cached reads over other numbers of connections, from another cache, and with another response.
 */
function pairsOfReads(): Experiment[] {
  const raw = 'node:http + ioredis';
  const over = (connections: number) =>
    [
      subject('Product API', productApi(), cachedReads, connections),
      subject(raw, rawPeer('raw-redis'), cachedReads, connections),
    ] as const;
  const embedded = [
    subject('Embedded cache', productApi({ redis: 'none' }), cachedReads),
    subject('node:http + Map', rawPeer('raw-map', 'none'), cachedReads),
  ] as const;
  const server = productApi();
  const conditional = [
    subject('304 response', server, conditionalReads),
    subject('200 response', server, cachedReads),
  ] as const;
  const many = 'Cached read over 256 connections ÷ raw node:http + ioredis';
  const one = 'Median latency of one connection: raw node:http + ioredis ÷ ours';
  return [
    pair('many-connections', many, over(256), 1),
    {
      name: 'one-connection',
      subjects: over(1),
      comparisons: [{ ...byThroughput(one, 'Product API', raw, 1), by: 'p50Micros' }],
    },
    pair('in-process-hit', 'Read from the embedded cache ÷ raw node:http + Map', embedded, 0.85),
    pair('conditional-read', 'Conditional read (304) ÷ cached read', conditional, 1),
  ];
}

/** Batches of cached products. A request of a batch has as many products as `BATCH_SIZE`. */
function batchGet(): Experiment {
  const server = productApi();
  const batch = `Batch of ${BATCH_SIZE}`;
  const raw = 'node:http, MGET and join';
  const single = 'Cached read';
  return {
    name: 'batch-get',
    subjects: [
      subject(batch, server, cachedBatches),
      subject(raw, rawPeer('raw-batch'), cachedBatches),
      subject(single, server, cachedReads),
    ],
    comparisons: [
      byThroughput(`${batch} cached products ÷ raw MGET and join`, batch, raw, 0.7),
      // 15 times as many products a second.
      byThroughput(`${batch} ÷ cached read of one, in requests`, batch, single, 15 / BATCH_SIZE),
    ],
  };
}

/**
 * Operations of the database over HTTP, against Prisma alone. Every write is durable when it
 * returns.
 */
function databaseExperiments({ missesPerRound, writesPerRound, products }: Scale): Experiment[] {
  const operations = [
    ['Miss', uncachedReads(missesPerRound, products), 'findUnique', missesPerRound, 1.2],
    ['Create', creates(256), 'create', writesPerRound, 0.6],
    ['Update', updates, 'updateManyAndReturn', writesPerRound, 0.6],
    ['Delete', deletes(writesPerRound), 'delete', writesPerRound, 0.6],
  ] as const;
  return operations.map(([operation, workload, loop, count, atLeast]) => {
    const ours = subject(`${operation} over HTTP`, productApi(), workload);
    const title = `Prisma’s ${loop} in a loop`;
    const prisma = { title, loop: 'prisma-loop', args: [loop], count } as const;
    const ratio = `${ours.title} ÷ ${prisma.title}`;
    return pair(operation.toLowerCase(), ratio, [ours, prisma], atLeast);
  });
}

/** Reads of a page, which is never cached. */
function listPage(): Experiment {
  const ours = subject('Product API', productApi(), firstPage);
  const theirs = subject('node:http + libSQL statement', rawPeer('raw-list', 'none'), firstPage);
  const title = 'Page of 50 ÷ raw prepared statement and node:http';
  return pair('list-page', title, [ours, theirs], 0.5);
}

/** A second worker process, on whatever cores are free. */
function twoWorkers(): Experiment {
  const service = (WORKERS: string) => productApi({ anyCores: true, env: { WORKERS } });
  const two = subject('2 workers', service('2'), cachedReads, 256);
  const one = subject('1 worker', service('1'), cachedReads, 256);
  return pair('two-workers', '2 workers ÷ 1', [two, one], 1.4);
}
