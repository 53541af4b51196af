import { ablationExperiment } from './ablations/ablations.js';
import type { Comparison, Experiment, LoopSubject, Subject, Workload } from './experiment.js';
import type { Scale } from './scale.js';
import { peer, productApi, rawPeer, subject } from './subjects.js';
import * as workloads from './workloads.js';
import { cachedReads, firstPage, uncachedReads } from './workloads.js';

/** Returns all experiments in the order in which they run and are reported. */
export function experiments(scale: Scale): Experiment[] {
  return [
    cachedRead,
    ...comparedReads(),
    ...databaseExperiments(scale),
    listPage,
    twoWorkers(),
    catalogGrowth(scale),
    connectionGrowth(),
    bodySize(scale),
    ablationExperiment(),
  ];
}

const noRedis = { redis: 'none' } as const;

/** Reads of products that are in Redis, over 32 connections. */
const cachedRead: Experiment = {
  name: 'cached-read',
  latency: true,
  subjects: [
    subject('Product API', productApi(), cachedReads),
    subject('node:http + ioredis', rawPeer('raw-redis'), cachedReads),
    subject('Fastify + ioredis', peer('fastify-redis'), cachedReads),
    subject('Hono + ioredis', peer('hono-redis'), cachedReads),
    subject('Express + ts-rest, as documented', peer('documented-express'), cachedReads),
    subject('node:http + ioredis, coalesced', rawPeer('raw-coalesced'), cachedReads),
    subject('node:http, constant body', rawPeer('raw-constant', noRedis), cachedReads),
  ],
  comparisons: (
    [
      ['Cached read ÷ raw node:http + ioredis', 'raw-redis', 0.95],
      ['Cached read ÷ Fastify with the same features', 'fastify-redis', 1],
      ['Cached read ÷ Express and ts-rest as documented', 'documented-express', 8],
    ] as const
  ).map(([title, to, atLeast]) => ratio(title, 'product-api', to, atLeast)),
};

function comparedReads(): Experiment[] {
  const over = (connections: number) => [
    subject('Product API', productApi(), cachedReads, { connections }),
    subject('node:http + ioredis', rawPeer('raw-redis'), cachedReads, { connections }),
  ];
  const server = productApi();
  return [
    compared(
      'many-connections',
      over(256),
      'Cached read over 256 connections ÷ raw node:http + ioredis',
      1,
    ),
    compared(
      'one-connection',
      over(1),
      'Median latency of one connection: raw node:http + ioredis ÷ ours',
      0.9,
      'p50Micros',
    ),
    compared(
      'in-process-hit',
      [
        subject('Embedded cache', productApi('embedded-cache', noRedis), cachedReads),
        subject('node:http + Map', rawPeer('raw-map', noRedis), cachedReads),
      ],
      'Read from the embedded cache ÷ raw node:http + Map',
      0.85,
    ),
    compared(
      'conditional-read',
      [
        subject('304 response', server, workloads.conditionalReads, { name: 'conditional' }),
        subject('200 response', server, cachedReads, { name: 'unconditional' }),
      ],
      'Conditional read (304) ÷ cached read',
      1,
    ),
  ];
}

/** Operations of the database over HTTP, against Prisma alone. Every write is durable when it returns. */
function databaseExperiments({ missesPerRound, writesPerRound, products }: Scale): Experiment[] {
  const misses = uncachedReads(missesPerRound, products);
  const against = (loop: LoopSubject['loop'], call: string, workload: Workload, name: string) => {
    const title = `${name} over HTTP`;
    const count = loop === 'read' ? missesPerRound : writesPerRound;
    const prisma = { name: 'prisma', title: `Prisma’s ${call} in a loop`, loop, count };
    const subjects = [subject(title, productApi(), workload), prisma];
    const atLeast = loop === 'read' ? 1.2 : 0.6;
    return compared(name.toLowerCase(), subjects, `${title} ÷ ${prisma.title}`, atLeast);
  };
  return [
    against('read', 'findUnique', misses, 'Miss'),
    against('create', 'create', workloads.creates(writesPerRound), 'Create'),
    against('update', 'updateManyAndReturn', workloads.updates(writesPerRound), 'Update'),
    against('delete', 'delete', workloads.deletes(writesPerRound), 'Delete'),
  ];
}

const listServer = rawPeer('raw-list', { ...noRedis, products: 'standard' });

/** Reads of a page, which is never cached. */
const listPage = compared(
  'list-page',
  [
    subject('Product API', productApi(), firstPage),
    subject('node:http + libSQL statement', listServer, firstPage),
  ],
  'Page of 50 ÷ raw prepared statement and node:http',
  0.5,
);

/** A second worker process, on whatever cores are free. */
function twoWorkers(): Experiment {
  const workers = (count: string, title: string) => {
    const server = productApi(`workers-${count}`, { pinned: false, env: { WORKERS: count } });
    return subject(title, server, cachedReads, { connections: 256 });
  };
  const subjects = [workers('2', '2 workers'), workers('1', '1 worker')];
  return compared('two-workers', subjects, '2 workers ÷ 1', 1.4);
}

/** The same requests to larger and larger catalogs: they cost the same if each uses an index. */
function catalogGrowth({ sizes, missesPerRound }: Scale): Experiment {
  const [smallest, ...larger] = sizes;
  const depth = Math.min(10_000, smallest);
  const operations: readonly [string, string, (products: number) => Workload][] = [
    ['cached', 'Cached read', () => cachedReads],
    [
      'uncached',
      'Uncached read',
      (size) => uncachedReads(Math.min(missesPerRound, size / 2), size),
    ],
    ['first-page', 'First page', () => firstPage],
    ['deep-page', `Page at depth ${countText(depth)}`, () => workloads.deepPage(depth)],
  ];
  const catalogs = sizes.map((size) => {
    return { size, server: productApi(`products-${size}`, { products: size }) };
  });
  return {
    name: 'catalog-growth',
    subjects: operations.flatMap(([operation, title, workload]) =>
      catalogs.map(({ size, server }) => {
        const name = `${operation}-${size}`;
        return subject(`${title}, ${countText(size)}`, server, workload(size), { name });
      }),
    ),
    comparisons: operations.flatMap(([operation, title]) =>
      larger.map((size) => {
        const sizesText = `${countText(size)} ÷ ${countText(smallest)} products`;
        const [of, to] = [`${operation}-${size}`, `${operation}-${smallest}`];
        // In the largest catalog, an operation may take one and a half times as long.
        return ratio(`${title}: ${sizesText}`, of, to, 1 / 1.5);
      }),
    ),
  };
}

/** Throughput and latency as connections are added. One connection cannot keep a core busy. */
function connectionGrowth(): Experiment {
  const server = productApi();
  return {
    name: 'connection-growth',
    latency: true,
    subjects: [1, 32, 256, 1024].map((connections) => {
      const title = connections === 1 ? 'one connection' : `${countText(connections)} connections`;
      return subject(title, server, cachedReads, { name: String(connections), connections });
    }),
    comparisons: [256, 1024].map((count) =>
      ratio(`Cached read over ${countText(count)} connections ÷ 32`, String(count), '32', 0.8),
    ),
  };
}

/** The cost of large bodies; the largest has the service's default limit, 1 MiB. */
function bodySize({ writesPerRound }: Scale): Experiment {
  const server = productApi();
  const subjects = [1, 16, 256, 1024].map((kib) => {
    const count = Math.max(50, Math.round(writesPerRound / kib));
    const workload = workloads.createsOfSize(kib * 1024, count);
    return subject(`${countText(kib)} KiB`, server, workload, { name: `${kib}-kib` });
  });
  return { name: 'body-size', subjects, comparisons: [] };
}

/** Returns an experiment that compares its first subject to its second. */
function compared(
  name: string,
  subjects: readonly Subject[],
  title: string,
  atLeast: number,
  by: Comparison['by'] = 'requestsPerSecond',
): Experiment {
  const [of = '', to = ''] = subjects.map((one) => one.name);
  return { name, subjects, comparisons: [{ title, of, to, by, atLeast }] };
}

function ratio(title: string, of: string, to: string, atLeast: number): Comparison {
  return { title, of, to, by: 'requestsPerSecond', atLeast };
}

function countText(count: number): string {
  return count.toLocaleString('en');
}
