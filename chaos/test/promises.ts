import { expect, type TaskMeta } from 'vitest';
import { checkHistory } from '../src/check/check-history.js';
import type { History } from '../src/history/history.js';
import { formatRecentEvents } from '../src/report/recent-events.js';

/**
 * Milliseconds after which every reader sees an acknowledged write, whatever happens: a process
 * reads from a cache only if it was up to date within the last 600.
 */
export const STALENESS_BOUND_MS = 1000;

/** Milliseconds that 99 of 100 responses must not exceed, whatever goes wrong. */
const MAX_P99_MS = 250;

/**
 * On a busy machine, where the control is slow too, the limit is this many times its percentile.
 */
const MAX_P99_FACTOR = 2.5;

/** A run, and the metadata of its test. */
interface Run {
  readonly fault: string;
  readonly seed: number;
  readonly meta: TaskMeta;
}

/** Checks the history of a run, and adds its result to the table. */
export function expectPromisesKept(history: History, { fault, seed, meta }: Run): void {
  const result = checkHistory(history, { boundMs: STALENESS_BOUND_MS });
  meta.chaos = { ...result, fault, seed, violations: result.violations.length };
  const [first] = result.violations;
  const events = first ? formatRecentEvents(history.events, first) : '';
  // Three are enough to find the cause, and there may be thousands.
  expect(result.violations.slice(0, 3), `CHAOS_SEED=${seed}\n${events}`).toEqual([]);
  expect(result.p99Ms).toBeLessThan(Math.max(MAX_P99_MS, MAX_P99_FACTOR * result.controlP99Ms));
}
