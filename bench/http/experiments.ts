import { ablationExperiment } from './ablations/ablations.js';
import type { Comparison, Experiment, LoopSubject, Workload } from './experiment.js';
import type { Scale } from './scale.js';
import { peer, productApi, rawPeer, subject } from './subjects.js';
import {
  cachedReads,
  conditionalReads,
  creates,
  createsOfSize,
  deepPage,
  deletes,
  firstPage,
  uncachedReads,
  updates,
} from './workloads.js';

/** Returns all experiments in the order in which they run and are reported. */
export function experiments(scale: Scale): Experiment[] {
  return [
    ...readExperiments,
    ...databaseExperiments(scale),
    listPage,
    twoWorkers,
    catalogGrowth(scale),
    connectionGrowth,
    bodySize(scale),
    ablationExperiment(),
  ];
}

const raw = rawPeer('raw-redis');
const noRedis = { redis: 'none' } as const;

/** Cached reads, against peers. */
const readExperiments: readonly Experiment[] = [
  {
    name: 'cached-read',
    description: 'Reads a product from Redis over 32 connections',
    latency: true,
    subjects: [
      subject('Product API', productApi(), cachedReads),
      subject('node:http + ioredis', raw, cachedReads),
      subject('Fastify + ioredis', peer('fastify-redis'), cachedReads),
      subject('Hono + ioredis', peer('hono-redis'), cachedReads),
      subject('Express + ts-rest, as documented', peer('documented-express'), cachedReads),
      subject('node:http + ioredis, coalesced', rawPeer('raw-coalesced'), cachedReads),
      subject('node:http, constant body', rawPeer('raw-constant', noRedis), cachedReads),
    ],
    comparisons: [
      ratio('Cached read ÷ raw node:http + ioredis', 'product-api', 'raw-redis', 0.95),
      ratio('Cached read ÷ Fastify with the same features', 'product-api', 'fastify-redis', 1),
      ratio(
        'Cached read ÷ Express and ts-rest as documented',
        'product-api',
        'documented-express',
        8,
      ),
    ],
  },
  {
    name: 'many-connections',
    description: 'Reads a product from Redis over 256 connections',
    subjects: [
      subject('Product API', productApi(), cachedReads, { connections: 256 }),
      subject('node:http + ioredis', raw, cachedReads, { connections: 256 }),
    ],
    comparisons: [
      ratio(
        'Cached read over 256 connections ÷ raw node:http + ioredis',
        'product-api',
        'raw-redis',
        1,
      ),
    ],
  },
  {
    name: 'one-connection',
    description: 'Reads a product from Redis over one connection',
    subjects: [
      subject('Product API', productApi(), cachedReads, { connections: 1 }),
      subject('node:http + ioredis', raw, cachedReads, { connections: 1 }),
    ],
    comparisons: [
      {
        title: 'Median latency of one connection: raw node:http + ioredis ÷ ours',
        of: 'product-api',
        to: 'raw-redis',
        by: 'p50Micros',
        atLeast: 0.9,
      },
    ],
  },
  {
    name: 'in-process-hit',
    description: 'Reads a product from the memory of the process',
    subjects: [
      subject('Embedded cache', productApi('embedded-cache', noRedis), cachedReads),
      subject('node:http + Map', rawPeer('raw-map', noRedis), cachedReads),
    ],
    comparisons: [
      ratio(
        'Read from the embedded cache ÷ raw node:http + Map',
        'embedded-cache',
        'raw-map',
        0.85,
      ),
    ],
  },
  conditionalRead(),
];

function conditionalRead(): Experiment {
  const server = productApi();
  return {
    name: 'conditional-read',
    description: 'Reads a product in Redis that the client already has',
    subjects: [
      subject('304 response', server, conditionalReads, { name: 'conditional' }),
      subject('200 response', server, cachedReads, { name: 'unconditional' }),
    ],
    comparisons: [ratio('Conditional read (304) ÷ cached read', 'conditional', 'unconditional', 1)],
  };
}

/** Operations of the database over HTTP, against Prisma alone. Every write is durable when it returns. */
function databaseExperiments({ missesPerRound, writesPerRound, products }: Scale): Experiment[] {
  const misses = uncachedReads(missesPerRound, products);
  return [
    againstPrisma('miss', misses, { loop: 'read', count: missesPerRound }, 'findUnique', 1.2),
    ...(
      [
        ['create', creates, 'create'],
        ['update', updates, 'updateManyAndReturn'],
        ['delete', deletes, 'delete'],
      ] as const
    ).map(([name, workload, call]) => {
      const loop = { loop: name, count: writesPerRound };
      return againstPrisma(name, workload(writesPerRound), loop, call, 0.6);
    }),
  ];
}

function againstPrisma(
  name: string,
  workload: Workload,
  loop: Pick<LoopSubject, 'loop' | 'count'>,
  call: string,
  atLeast: number,
): Experiment {
  const ours = `${name.charAt(0).toUpperCase()}${name.slice(1)} over HTTP`;
  const theirs = `Prisma’s ${call} in a loop`;
  return {
    name,
    description: `${ours}, against ${theirs}`,
    subjects: [subject(ours, productApi(), workload), { name: 'prisma', title: theirs, ...loop }],
    comparisons: [ratio(`${ours} ÷ ${theirs}`, 'product-api', 'prisma', atLeast)],
  };
}

const listPage: Experiment = {
  name: 'list-page',
  description: 'Reads a page of 50 products, which is never cached',
  subjects: [
    subject('Product API', productApi(), firstPage),
    subject(
      'node:http + libSQL statement',
      rawPeer('raw-list', { ...noRedis, products: 'standard' }),
      firstPage,
    ),
  ],
  comparisons: [
    ratio('Page of 50 ÷ raw prepared statement and node:http', 'product-api', 'raw-list', 0.5),
  ],
};

/** A second worker process, on whatever cores are free. */
const twoWorkers: Experiment = {
  name: 'two-workers',
  description: 'Reads a product from Redis over 256 connections, on all cores',
  subjects: ['1', '2'].map((count) => {
    const server = productApi(`workers-${count}`, { pinned: false, env: { WORKERS: count } });
    const title = count === '1' ? '1 worker' : `${count} workers`;
    return subject(title, server, cachedReads, { connections: 256 });
  }),
  comparisons: [ratio('2 workers ÷ 1', 'workers-2', 'workers-1', 1.4)],
};

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
    ['deep-page', `Page at depth ${countText(depth)}`, () => deepPage(depth)],
  ];
  const catalogs = sizes.map((size) => ({
    size,
    server: productApi(`products-${size}`, { products: size }),
  }));
  return {
    name: 'catalog-growth',
    description: 'Sends the same requests to larger and larger catalogs',
    subjects: operations.flatMap(([name, title, workload]) =>
      catalogs.map(({ size, server }) =>
        subject(`${title}, ${countText(size)}`, server, workload(size), {
          name: `${name}-${size}`,
        }),
      ),
    ),
    comparisons: operations.flatMap(([name, title]) =>
      larger.map((size) =>
        ratio(
          `${title}: ${countText(size)} ÷ ${countText(smallest)} products`,
          `${name}-${size}`,
          `${name}-${smallest}`,
          // The largest catalog may take one and a half times as long.
          1 / 1.5,
        ),
      ),
    ),
  };
}

const growing = productApi();

/** Throughput and latency as connections are added. One connection cannot keep a core busy. */
const connectionGrowth: Experiment = {
  name: 'connection-growth',
  description: 'Reads a product from Redis over more and more connections',
  latency: true,
  subjects: [1, 32, 256, 1024].map((connections) =>
    subject(
      connections === 1 ? 'one connection' : `${countText(connections)} connections`,
      growing,
      cachedReads,
      { name: String(connections), connections },
    ),
  ),
  comparisons: [256, 1024].map((count) =>
    ratio(`Cached read over ${countText(count)} connections ÷ 32`, String(count), '32', 0.8),
  ),
};

/** The cost of large bodies; the largest has the service's default limit, 1 MiB. */
function bodySize({ writesPerRound }: Scale): Experiment {
  const server = productApi();
  return {
    name: 'body-size',
    description: 'Creates a product with larger and larger bodies',
    subjects: [1, 16, 256, 1024].map((kib) => {
      const workload = createsOfSize(kib * 1024, Math.max(50, Math.round(writesPerRound / kib)));
      return subject(`${countText(kib)} KiB`, server, workload, { name: `${kib}-kib` });
    }),
    comparisons: [],
  };
}

function ratio(title: string, of: string, to: string, atLeast: number): Comparison {
  return { title, of, to, by: 'requestsPerSecond', atLeast };
}

function countText(count: number): string {
  return count.toLocaleString('en');
}
