import { byThroughput, type Experiment, type Subject, subject } from './experiment.js';
import { RARE_WORD } from './product.js';
import type { Scale } from './scale.js';
import { productApi } from './servers.js';
import { search } from './workloads.js';

/** The searches that are measured, by what is hard about them. */
const searches = [
  ['Word of one product', `q=${RARE_WORD}`],
  ['Word of every product', 'q=mouse'],
  ['Word of every product, by name', 'q=mouse&sort=name'],
  ['Beginning of a word of every product', 'q=wirel'],
  // 777 and all numbers that begin with it.
  ['Beginning of 1,111 words', 'q=777'],
  ['Two words of every product', 'q=product+mouse&sort=-price'],
  ['Two common words that 20 products share', 'q=six+year'],
  // The names are sorted as texts, so that these are the last ones.
  ['Words at the far end of the order', 'q=99&sort=name'],
] as const;

/** The number of writes in flight together. */
const TOGETHER = '32';

/** Returns the experiments of text search: searches of both databases, and what writes pay. */
export function searchExperiments({ writesPerRound, sizes: [, , products] }: Scale): Experiment[] {
  return [searchesOfBoth(products), ...writesWithIndex(writesPerRound, products)];
}

function searchesOfBoth(products: number): Experiment {
  const sqlite = productApi({ redis: 'none', products });
  const postgresql = productApi({ redis: 'none', dialect: 'postgresql', products });
  return {
    name: 'search',
    latency: true,
    subjects: searches.flatMap(([title, query]) => [
      subject(`${title}, SQLite`, sqlite, search(query), 1),
      subject(`${title}, PostgreSQL`, postgresql, search(query), 1),
    ]),
    comparisons: [],
  };
}

/**
 * Writes of the repository together with the indexing of their words, and the same without what the
 * search adds to them.
 */
function writesWithIndex(count: number, products: number): Experiment[] {
  const writes = [
    ['create', 'Create', 0.85],
    ['rename', 'Change of a name', 0.85],
    ['update', 'Change of stock', 0.97],
  ] as const;
  return writes.map(([name, title, atLeast]) => {
    const loop = (index: string): Subject => ({
      title: `${title}, ${index} the search`,
      loop: 'repository-loop',
      args: [name, TOGETHER, index],
      count,
      products,
    });
    const [ours, without] = [loop('with'), loop('without')];
    const comparison = byThroughput(
      `${title} with ÷ without the search, SQLite`,
      ours.title,
      without.title,
      atLeast,
    );
    return { name: 'search', subjects: [ours, without], comparisons: [comparison] };
  });
}
