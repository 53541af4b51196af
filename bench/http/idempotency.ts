import { type Experiment, type LoopSubject, pair } from './experiment.js';
import type { Scale } from './scale.js';

/** Writes that share a transaction. */
const TOGETHER = 32;

/** The least throughput of writes with a key, as a share of that without one. */
const GOAL = 0.6;

const dialects = [
  ['SQLite', 'sqlite'],
  ['PostgreSQL', 'postgresql'],
] as const;

/**
 * Returns the experiments that compare writes with an idempotency key with writes without one: the
 * service's repository without HTTP, each key new.
 */
export function idempotencyExperiments({ writesPerRound: count }: Scale): Experiment[] {
  const operations = [
    ['Create', 'create'],
    ['Update', 'update'],
  ] as const;
  return dialects.flatMap(([system, dialect]) =>
    operations.map(([operation, name]) => {
      const subject = (title: string, loop: string): LoopSubject => ({
        title: `${operation} ${TOGETHER} together ${title}, ${system}`,
        loop: 'repository-loop',
        args: [loop, String(TOGETHER)],
        count,
        dialect,
      });
      const subjects = [subject('with keys', `${name}-keyed`), subject('without', name)] as const;
      const title = `${operation} ${TOGETHER} together, ${system}: with keys ÷ without`;
      return pair('idempotency', title, subjects, GOAL);
    }),
  );
}
