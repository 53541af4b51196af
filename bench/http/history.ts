import { byThroughput, type Experiment, type LoopSubject } from './experiment.js';
import type { Scale } from './scale.js';

/** The number of writes in flight together. */
const TOGETHER = '32';

const dialects = [
  ['SQLite', 'sqlite'],
  ['PostgreSQL', 'postgresql'],
] as const;

/**
 * Returns the experiments of what the history adds to writes: the service's repository without
 * HTTP, with the triggers from before the history, and with an API key that is noted.
 */
export function historyExperiments({ writesPerRound: count }: Scale): Experiment[] {
  const operations = [
    ['update', 'Change of stock'],
    ['rename', 'Change of a name'],
  ] as const;
  return dialects.flatMap(([system, dialect]) =>
    operations.map(([name, title]): Experiment => {
      const loop = (what: string, ...args: readonly string[]): LoopSubject => ({
        ...{ title: `${title} ${what}, ${system}`, loop: 'repository-loop', args, count, dialect },
      });
      const plain = loop('with the history', name, TOGETHER);
      const before = loop('without', name, TOGETHER, 'without-history');
      const noted = loop('by an API key', `${name}-by-key`, TOGETHER);
      const of = (subject: LoopSubject, to: LoopSubject, text: string, atLeast?: number) =>
        byThroughput(`${title}, ${system}: ${text}`, subject.title, to.title, atLeast);
      return {
        name: 'history',
        subjects: [plain, before, noted],
        comparisons: [
          of(plain, before, 'with ÷ without the history', 0.7),
          of(noted, before, 'by an API key ÷ without the history', 0.7),
        ],
      };
    }),
  );
}
