import { expect, type TaskMeta } from 'vitest';
import { judge } from '../src/check/judge.js';
import type { History } from '../src/history/history.js';
import { tellStory } from '../src/report/story.js';

/**
 * Milliseconds after which every reader sees an acknowledged write, whatever happens: nothing is read
 * from a cache that was not seen to be up to date in the last 600.
 */
export const stalenessBoundMs = 1000;

/** Milliseconds that 99 of 100 answers stay under, whatever goes wrong. */
const p99Ms = 250;

/**
 * On a machine so busy with other things that the control, to which nothing is done, is slow as
 * well, the answers may take so many times as long as the control's.
 */
const timesControl = 2.5;

/** What a history is checked against, and where to note what it shows. */
interface Run {
  readonly scenario: string;
  readonly seed: number;
  readonly meta: TaskMeta;
}

/** Checks a history, and notes what it shows for the table. */
export function expectPromisesKept(history: History, { scenario, seed, meta }: Run): void {
  const verdict = judge(history, { boundMs: stalenessBoundMs });
  meta.chaos = { ...verdict, scenario, seed, violations: verdict.violations.length };
  const [first] = verdict.violations;
  const story = first ? tellStory(history.occurrences, first) : '';
  // The first ones say it all, and there may be thousands.
  expect(verdict.violations.slice(0, 3), `CHAOS_SEED=${seed}\n${story}`).toEqual([]);
  expect(verdict.p99Ms).toBeLessThan(Math.max(p99Ms, timesControl * verdict.controlP99Ms));
}
