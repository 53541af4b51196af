import type { LaterReads } from './later-reads.js';
import type { Subject } from './subject.js';

/** How an awaited invalidation ended. */
export type InvalidationOutcome = 'done' | 'failed' | 'timed out';

/** The result of one run of a scenario. */
export type Run =
  | {
      readonly kind: 'later-reads';
      readonly invalidation: InvalidationOutcome;
      readonly laterReads: LaterReads;
    }
  | {
      readonly kind: 'read-time';
      readonly outcome: 'returned' | 'failed' | 'timed out';
      readonly ms: number;
    }
  | {
      readonly kind: 'foreign-reads';
      readonly reads: number;
      /** How many of the reads returned a row of the other database. */
      readonly foreign: number;
    };

/** A fixed order of events, faults included, that can make a cache return wrong values. */
export interface Scenario {
  readonly name: string;
  /** The head of the scenario's column in the table. */
  readonly title: string;
  /** Runs the scenario once, on a Redis of its own. */
  run(subject: Subject): Promise<Run>;
}
