import { type Comparison, type Experiment, served } from '../experiment.js';
import type { Scale } from '../scale.js';
import { productApi } from '../servers/product-api.js';
import { deepPage, firstPage } from '../workloads/pages.js';
import { cachedReads, uncachedReads } from '../workloads/reads.js';
import type { Workload } from '../workloads/workload.js';

/** How much slower a request may be in the largest catalog. */
const largestSlowdown = 1.5;

/** The depth of the deep page, where the smallest catalog is as deep. */
const pageDepth = 10_000;

/** What becomes of the operations as the catalog grows: nothing, if every one of them uses an index. */
export function catalogGrowth(scale: Scale): Experiment {
  const [smallest, ...larger] = scale.sizes;
  const servers = scale.sizes.map((products) => ({
    products,
    server: productApi(`products-${products}`, { products }),
  }));
  const grown = operations(scale);
  return {
    name: 'catalog-growth',
    what: 'The same requests to a larger and larger catalog',
    latency: false,
    contestants: grown.flatMap(({ name, title, workload }) =>
      servers.map(({ products, server }) =>
        served(`${title}, ${label(products)}`, server, workload(products), {
          name: `${name}-${products}`,
        }),
      ),
    ),
    comparisons: grown.flatMap((operation) =>
      larger.map((products) => comparison(operation, products, smallest)),
    ),
  };
}

interface Operation {
  readonly name: string;
  readonly title: string;
  readonly workload: (products: number) => Workload;
}

function operations({ sizes: [smallest], missesPerRound }: Scale): Operation[] {
  const depth = Math.min(pageDepth, smallest);
  const uncached = (products: number) =>
    uncachedReads(Math.min(missesPerRound, products / 2), products);
  return [
    { name: 'cached', title: 'Cached read', workload: () => cachedReads },
    { name: 'uncached', title: 'Uncached read', workload: uncached },
    { name: 'first-page', title: 'First page', workload: () => firstPage },
    {
      name: 'deep-page',
      title: `Page at depth ${label(depth)}`,
      workload: () => deepPage(depth),
    },
  ];
}

function comparison({ name, title }: Operation, products: number, smallest: number): Comparison {
  return {
    what: `${title}: ${label(products)} ÷ ${label(smallest)} products`,
    of: `${name}-${products}`,
    to: `${name}-${smallest}`,
    by: 'requestsPerSecond',
    atLeast: 1 / largestSlowdown,
  };
}

function label(count: number): string {
  return count.toLocaleString('en');
}
