import type { Verdict } from '../check/judge.js';

/** One line of the table that a run ends with. */
export interface Summary extends Omit<Verdict, 'violations'> {
  readonly scenario: string;
  readonly seed: number;
  readonly violations: number;
}

declare module 'vitest' {
  interface TaskMeta {
    /** What a scenario's test has found. */
    chaos?: Summary;
  }
}
