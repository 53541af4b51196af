import { byThroughput, type Experiment, subject } from './experiment.js';
import type { Scale } from './scale.js';
import { productApi } from './servers.js';
import { cachedReads, creates, deepPage, firstPage, uncachedReads } from './workloads.js';

/** Returns the experiments that show the service as its load grows. */
export function growthExperiments(scale: Scale): Experiment[] {
  return [catalogGrowth(scale), connectionGrowth(), bodySize()];
}

/** The same requests to larger and larger catalogs: they cost the same if each uses an index. */
function catalogGrowth({ sizes, missesPerRound }: Scale): Experiment {
  const [smallest, ...larger] = sizes;
  const depth = Math.min(10_000, smallest);
  const operations = [
    ['Cached read', () => cachedReads],
    ['Uncached read', (size: number) => uncachedReads(Math.min(missesPerRound, size / 2), size)],
    ['First page', () => firstPage],
    [`Page at depth ${text(depth)}`, () => deepPage(depth)],
  ] as const;
  const catalogs = sizes.map((products) => ({ products, server: productApi({ products }) }));
  return {
    name: 'catalog-growth',
    subjects: operations.flatMap(([title, workload]) =>
      catalogs.map(({ products, server }) =>
        subject(`${title}, ${text(products)}`, server, workload(products)),
      ),
    ),
    comparisons: operations.flatMap(([operation]) =>
      larger.map((size) => {
        const title = `${operation}: ${text(size)} ÷ ${text(smallest)} products`;
        const [of, to] = [`${operation}, ${text(size)}`, `${operation}, ${text(smallest)}`];
        // In the largest catalog, an operation may take one and a half times as long.
        return byThroughput(title, of, to, 1 / 1.5);
      }),
    ),
  };
}

/** Throughput and latency as connections are added. One connection cannot keep a core busy. */
function connectionGrowth(): Experiment {
  const server = productApi();
  const title = (count: number) => (count === 1 ? 'one connection' : `${text(count)} connections`);
  return {
    name: 'connection-growth',
    latency: true,
    subjects: [1, 32, 256, 1024].map((count) => subject(title(count), server, cachedReads, count)),
    comparisons: [256, 1024].map((count) => {
      const text = `Cached read over ${title(count)} ÷ 32`;
      return byThroughput(text, title(count), title(32), 0.8);
    }),
  };
}

/** The cost of large bodies; the largest has the service's default limit, 1 MiB. */
function bodySize(): Experiment {
  const server = productApi();
  const subjects = [1, 16, 256, 1024].map((kib) =>
    subject(`${text(kib)} KiB`, server, creates(kib * 1024)),
  );
  return { name: 'body-size', subjects, comparisons: [] };
}

function text(count: number): string {
  return count.toLocaleString('en');
}
