import {
  byThroughput,
  DEFAULT_CONNECTIONS,
  type Experiment,
  type LoopSubject,
  subject,
} from './experiment.js';
import { HOT_PRODUCTS } from './product.js';
import type { Scale } from './scale.js';
import { productApi } from './servers.js';
import { adjustments, updates } from './workloads.js';

/**
 * How many more adjustments than other changes a round has: they share a commit, and their code
 * must be compiled before it is measured.
 */
const MORE_ADJUSTMENTS = 10;

/** Returns the experiments of many clients that change the stock of one product or of many. */
export function stockExperiments({ writesPerRound }: Scale): Experiment[] {
  return [oneProduct(writesPerRound), manyProducts(writesPerRound)];
}

/**
 * The goal is without HTTP, which costs more than the commit, and beside a service that sends a
 * statement for each buyer by the same client.
 */
function oneProduct(count: number): Experiment {
  const together = String(DEFAULT_CONNECTIONS);
  const ours: LoopSubject = {
    ...{ title: 'Adjustments of one product', loop: 'repository-loop' },
    ...{ args: ['adjust', together], count: count * MORE_ADJUSTMENTS },
  };
  const byPrisma: LoopSubject = {
    ...{ title: 'guarded UPDATEs by Prisma', loop: 'repository-loop', count },
    args: ['guard', together],
  };
  const overHttp = subject('Adjustments of one product over HTTP', productApi(), adjustments(1));
  const guarded = guardedUpdates('guarded UPDATEs of one row', 1, count);
  const conditional: LoopSubject = {
    ...{ title: 'If-Match loops over HTTP', loop: 'if-match-loop', count },
    args: [together, '1'],
  };
  return {
    name: 'stock',
    subjects: [ours, byPrisma, overHttp, guarded, conditional],
    comparisons: [
      byThroughput(`${ours.title} ÷ ${byPrisma.title}`, ours.title, byPrisma.title, 10),
      byThroughput(`${ours.title} ÷ ${guarded.title}`, ours.title, guarded.title),
      byThroughput(`${overHttp.title} ÷ ${guarded.title}`, overHttp.title, guarded.title),
      byThroughput(`${overHttp.title} ÷ ${conditional.title}`, overHttp.title, conditional.title),
    ],
  };
}

function manyProducts(count: number): Experiment {
  const server = productApi();
  const ours = subject('Adjustments of different products', server, adjustments(HOT_PRODUCTS));
  const puts = subject('PUTs of their stock', server, updates);
  const guarded = guardedUpdates('guarded UPDATEs of different rows', HOT_PRODUCTS, count);
  return {
    name: 'stock',
    subjects: [ours, puts, guarded],
    comparisons: [
      byThroughput(`${ours.title} ÷ ${puts.title}`, ours.title, puts.title, 0.9),
      byThroughput(`${ours.title} ÷ ${guarded.title}`, ours.title, guarded.title),
    ],
  };
}

function guardedUpdates(title: string, products: number, count: number): LoopSubject {
  return { title, loop: 'guarded-updates', args: [String(products)], count };
}
