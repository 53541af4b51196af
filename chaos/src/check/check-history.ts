import type { Disturbance } from '../history/disturbance.js';
import type { History } from '../history/history.js';
import type { Operation, Read } from '../history/operation.js';
import type { Setback } from '../history/setback.js';
import { percentile } from './percentile.js';
import { possibleWrites } from './possible-writes.js';
import { stalenessOf } from './staleness.js';
import type { Violation } from './violation.js';

/**
 * Milliseconds after a start in which the time that answers take does not count, only that they come:
 * a new process compiles its code while it answers, on as few cores as the tests have.
 */
const warmUpMs = 2000;

/** What a history shows. */
export interface Verdict {
  readonly violations: readonly Violation[];
  readonly operations: number;
  /** Of the answers of processes that were neither stopped nor dead nor new, in milliseconds. */
  readonly p99Ms: number;
  /** The same of the control: what it takes on this machine at this time, if nothing goes wrong. */
  readonly controlP99Ms: number;
  /** How old the oldest value was that a read gave, in milliseconds. */
  readonly longestStalenessMs: number;
  /** The part of the reads, from 0 to 1, that were answered past the cache. */
  readonly bypassShare: number;
}

/**
 * Checks a history: no read is older than what was acknowledged more than `boundMs` before it
 * began (a write that Redis forgot counts as acknowledged when the older data came), nobody reads
 * what was never written, and a process that is alive answers every request, and never with an
 * error.
 */
export function judge(history: History, { boundMs }: { readonly boundMs: number }): Verdict {
  const staleness = judgeStaleness(history, boundMs);
  const undisturbedFor = (pauseMs: number) =>
    history.operations.filter((each) => !wasDisturbed(each, history.disturbances, pauseMs));
  return {
    violations: [...staleness.violations, ...undisturbedFor(0).flatMap(unansweredOrFailed)],
    operations: history.operations.length,
    p99Ms: percentile(undisturbedFor(warmUpMs).map(duration), 0.99),
    controlP99Ms: percentile(history.control.map(duration), 0.99),
    longestStalenessMs: staleness.longestMs,
    bypassShare: bypassShare(history.operations),
  };
}

function judgeStaleness(history: History, boundMs: number) {
  const writes = possibleWrites(history);
  const measures = new Map([...writes].map(([id, ofProduct]) => [id, stalenessOf(ofProduct)]));
  const neverWritten = stalenessOf([]);
  const violations: Violation[] = [];
  let longestMs = 0;
  for (const read of history.operations) {
    if (read.kind !== 'read' || read.outcome.kind !== 'found') {
      continue;
    }
    const { value } = read.outcome;
    const measure = measures.get(read.id) ?? neverWritten;
    const staleness = measure({ value, begin: read.begin, end: read.end });
    if (staleness.kind === 'never-written') {
      violations.push({ kind: 'never-written', read });
      continue;
    }
    const { overwrittenBy } = staleness;
    const ms = Math.min(staleness.ms, sinceSetback(read, history.setbacks));
    longestMs = Math.max(longestMs, ms);
    if (ms > boundMs && overwrittenBy) {
      violations.push({ kind: 'stale-read', read, staleMs: ms, overwrittenBy });
    }
  }
  return { violations, longestMs };
}

/** Milliseconds since its process's Redis took over older data, if it ever did; 0 while it does. */
function sinceSetback({ process, begin, end }: Read, setbacks: readonly Setback[]): number {
  const times = setbacks
    .filter((each) => each.process === process && each.begin <= end)
    .map((each) => Math.max(0, begin - each.end));
  return Math.min(...times);
}

function duration({ begin, end }: Operation): number {
  return end - begin;
}

/** Whether its process was stopped or dead during a request, or less than `pauseMs` before it. */
function wasDisturbed(
  { process, begin, end }: Operation,
  disturbances: readonly Disturbance[],
  pauseMs: number,
): boolean {
  return disturbances.some(
    (each) => each.process === process && each.begin <= end && each.end + pauseMs >= begin,
  );
}

function unansweredOrFailed(operation: Operation): Violation[] {
  switch (operation.outcome.kind) {
    case 'lost':
      return [{ kind: 'not-answered', operation }];
    case 'failed':
      return [{ kind: 'failed', operation }];
    default:
      return [];
  }
}

function bypassShare(operations: readonly Operation[]): number {
  const sources = operations.flatMap(({ outcome }) =>
    outcome.kind === 'found' && outcome.cache !== undefined ? [outcome.cache] : [],
  );
  const bypasses = sources.filter((source) => source === 'BYPASS').length;
  return bypasses / Math.max(1, sources.length);
}
