import type { CheckResult } from '../check/check-history.js';

/** The result of one run: a line of the table. */
export interface RunResult extends Omit<CheckResult, 'violations'> {
  readonly fault: string;
  readonly seed: number;
  readonly violations: number;
}

declare module 'vitest' {
  interface TaskMeta {
    /** The result of the run that a test has made. */
    chaos?: RunResult;
  }
}
