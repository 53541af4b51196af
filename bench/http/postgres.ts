import type { Dialect } from '@product-api/database';
import { byThroughput, type Experiment, type LoopSubject, pair, subject } from './experiment.js';
import type { Scale } from './scale.js';
import { productApi } from './servers.js';
import { cachedReads, creates, smallPage, uncachedReads, updates } from './workloads.js';

/** Ends the title of a comparison. */
const AGAINST_SQLITE = ': PostgreSQL ÷ SQLite';

/** Clients that write to the database without the service. */
const WRITERS = 16;

/** A busy service that is not overloaded, so that batches are not large. */
const FEW_CONNECTIONS = 8;

const dialects = [
  ['SQLite', 'sqlite'],
  ['PostgreSQL', 'postgresql'],
] as const satisfies [string, Dialect][];

/** Returns the experiments that compare PostgreSQL with SQLite, both durable. */
export function postgresExperiments(scale: Scale): Experiment[] {
  return [...statements(scale), cachedReadBehind(), changeLog(scale), requestCost(scale)];
}

/** The service's repository on both databases, without HTTP. */
function statements({ missesPerRound, writesPerRound }: Scale): Experiment[] {
  // The goal is that PostgreSQL takes at most so many times the time of SQLite.
  const operations = [
    ['Read alone', 'read', 1, missesPerRound, undefined],
    ['Read 64 together', 'read', 64, missesPerRound, 1.5],
    ['Create alone', 'create', 1, writesPerRound, undefined],
    ['Create 32 together', 'create', 32, writesPerRound, 1],
    ['Update alone', 'update', 1, writesPerRound, undefined],
    ['Update 32 together', 'update', 32, writesPerRound, 1.3],
    ['Page of 20', 'page', 1, missesPerRound, 2],
  ] as const;
  return operations.map(([title, name, together, count, atMost]) => {
    const on = (system: string, dialect: Dialect): LoopSubject => {
      const args = [name, String(together)];
      return { title: `${title}, ${system}`, loop: 'repository-loop', args, count, dialect };
    };
    const subjects = [on('PostgreSQL', 'postgresql'), on('SQLite', 'sqlite')] as const;
    return pair('postgres', `${title}${AGAINST_SQLITE}`, subjects, atMost && 1 / atMost);
  });
}

/** Reads from Redis: the database behind it should not matter. */
function cachedReadBehind(): Experiment {
  const on = (system: string, dialect: Dialect) =>
    subject(`Cached read, ${system}`, productApi({ dialect }), cachedReads);
  const subjects = [on('PostgreSQL', 'postgresql'), on('SQLite', 'sqlite')] as const;
  return pair('postgres', `Cached read${AGAINST_SQLITE}`, subjects, 0.98);
}

/** What the log of changes takes from other programs that write to PostgreSQL. */
function changeLog({ missesPerRound }: Scale): Experiment {
  const writers = (log: string, title: string): LoopSubject => ({
    ...{ title, loop: 'sql-writers', args: [log, String(WRITERS)] },
    ...{ count: missesPerRound, dialect: 'postgresql' },
  });
  const [numbered, unnumbered, none] = [
    writers('numbered', 'log read'),
    writers('unnumbered', 'log unread'),
    writers('none', 'no log'),
  ];
  const compare = (to: LoopSubject, atLeast?: number) =>
    byThroughput(
      `${WRITERS} SQL writers: ${numbered.title} ÷ ${to.title}`,
      numbered.title,
      to.title,
      atLeast,
    );
  return {
    name: 'sql-writers',
    subjects: [numbered, unnumbered, none],
    comparisons: [compare(none), compare(unnumbered, 0.7)],
  };
}

/** The processor time of each process for a request. */
function requestCost({ missesPerRound, products }: Scale): Experiment {
  const workloads = [
    ['Cached read', cachedReads],
    ['Miss', uncachedReads(missesPerRound, products)],
    ['Page of 20', smallPage],
    ['Update', updates],
    ['Create', creates(256)],
  ] as const;
  return {
    name: 'request-cost',
    subjects: dialects.flatMap(([system, dialect]) => {
      const server = productApi({ dialect });
      return workloads.map(([title, workload]) =>
        subject(`${title}, ${system}`, server, workload, FEW_CONNECTIONS),
      );
    }),
    comparisons: [],
  };
}
