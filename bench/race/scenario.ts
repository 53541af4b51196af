import type { Contender } from './contender.js';
import type { LaterReads } from './later-reads.js';

/** What came of an invalidation that was awaited. */
export type InvalidationAnswer = 'done' | 'failed' | 'no answer';

/** What one run of a scenario saw. */
export type Trial =
  | {
      readonly kind: 'later-reads';
      readonly invalidation: InvalidationAnswer;
      readonly laterReads: LaterReads;
    }
  | {
      readonly kind: 'read-time';
      readonly answer: 'answered' | 'failed' | 'no answer';
      readonly ms: number;
    }
  | {
      readonly kind: 'foreign-reads';
      readonly reads: number;
      /** How many of them returned another database's row. */
      readonly foreign: number;
    };

/** A schedule of events that a cache has to stand. */
export interface Scenario {
  readonly name: string;
  /** The head of its column. */
  readonly title: string;
  /** Runs it once, on a Redis of its own. */
  run(contender: Contender): Promise<Trial>;
}
