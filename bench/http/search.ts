import { byThroughput, type Experiment, type Subject, subject } from './experiment.js';
import type { Scale } from './scale.js';
import { productApi, rawPeer } from './servers.js';
import { search } from './workloads.js';

/** The searches that are measured, by what is hard about them. */
const searches = [
  ['Rare word', 'q=777'],
  ['Word of every product', 'q=mouse'],
  ['Word of every product, by name', 'q=mouse&sort=name'],
  ['Beginning of a word', 'q=wirel'],
  ['Two words', 'q=product+mouse&sort=-price'],
  // The names are sorted as texts, so that these are the last ones.
  ['Words at the far end of the order', 'q=99&sort=name'],
] as const;

/** The number of writes in flight together. */
const TOGETHER = '32';

/** Returns the experiments of text search: searches of both databases, and what writes pay. */
export function searchExperiments({ writesPerRound }: Scale): Experiment[] {
  return [searchesOfBoth(), ...writesWithIndex(writesPerRound)];
}

function searchesOfBoth(): Experiment {
  const sqlite = productApi({ redis: 'none' });
  const postgresql = productApi({ redis: 'none', dialect: 'postgresql' });
  const like = rawPeer('raw-like', 'none');
  const [rare] = searches;
  return {
    name: 'search',
    latency: true,
    subjects: [
      ...searches.flatMap(([title, query]) => [
        subject(`${title}, SQLite`, sqlite, search(query), 1),
        subject(`${title}, PostgreSQL`, postgresql, search(query), 1),
      ]),
      subject('Rare word by LIKE, libSQL', like, search(rare[1]), 1),
    ],
    comparisons: [
      byThroughput('Rare word ÷ LIKE', 'Rare word, SQLite', 'Rare word by LIKE, libSQL', 10),
    ],
  };
}

/** Writes of the repository, and the same without what the search adds to them. */
function writesWithIndex(count: number): Experiment[] {
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
