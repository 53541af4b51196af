import type { DatabaseOutage, History, Outage, Rollback } from '../history/history.js';
import type { Operation, Read } from '../history/operation.js';
import { lostWrites } from './lost-writes.js';
import { percentile } from './percentile.js';
import { possibleWrites } from './possible-writes.js';
import { stalenessOf } from './staleness.js';
import type { Violation } from './violation.js';

/**
 * Milliseconds after a start or a database outage in which the latency of a process does not count:
 * a new process still compiles its code, on the few cores of a test machine, and after an outage it
 * opens new connections.
 */
const WARM_UP_MS = 2000;

/**
 * Milliseconds in which a running process responds, while it can use its database. Otherwise it has
 * the whole time that a client waits.
 */
const MAX_RESPONSE_MS = 5000;

/**
 * Milliseconds after a database outage in which a statement can still fail that the outage has
 * caught, and with it the requests that wait for the same product: the time limit of a statement.
 */
const CAUGHT_STATEMENT_MS = 7500;

/** The result of checking a history. */
export interface CheckResult {
  readonly violations: readonly Violation[];
  readonly operations: number;
  /**
   * The 99th percentile of the latency of processes that were neither stopped, dead nor new, and
   * could use their database.
   */
  readonly p99Ms: number;
  /** The same for the control: the latency on this machine at this time without faults. */
  readonly controlP99Ms: number;
  /** The age of the oldest value that a read returned, in milliseconds. */
  readonly longestStalenessMs: number;
  /** The share of the reads, from 0 to 1, that bypassed the cache. */
  readonly bypassShare: number;
}

/**
 * Checks that a history keeps the promises:
 *
 * - No read is older than a write that was acknowledged more than `boundMs` before the read began.
 *   A write that Redis lost in a rollback counts as acknowledged at the end of the rollback.
 * - No read returns a value that was never written.
 * - No acknowledged write is missing in the database at the end.
 * - A running process responds to every request, and never with an error. One that cannot use its
 *   database may respond with 503 and `Retry-After`.
 */
export function checkHistory(
  history: History,
  { boundMs }: { readonly boundMs: number },
): CheckResult {
  const staleness = checkStaleness(history, boundMs);
  const withoutOutage = (pauseMs: number) =>
    history.operations.filter((each) => !wasInOutage(each, history.outages, pauseMs));
  const hadDatabase = (pauseMs: number) => (each: Operation) =>
    !wasInOutage(each, history.databaseOutages, pauseMs);
  return {
    violations: [
      ...staleness.violations,
      ...lostWrites(history),
      ...withoutOutage(0).flatMap((each) =>
        missingOrFailedResponse(each, hadDatabase(CAUGHT_STATEMENT_MS)(each)),
      ),
    ],
    operations: history.operations.length,
    p99Ms: percentile(
      withoutOutage(WARM_UP_MS).filter(hadDatabase(WARM_UP_MS)).map(duration),
      0.99,
    ),
    controlP99Ms: percentile(history.control.map(duration), 0.99),
    longestStalenessMs: staleness.longestMs,
    bypassShare: bypassShare(history.operations),
  };
}

function checkStaleness(history: History, boundMs: number) {
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
    const ms = Math.min(staleness.ms, sinceRollback(read, history.rollbacks));
    longestMs = Math.max(longestMs, ms);
    if (ms > boundMs && overwrittenBy) {
      violations.push({ kind: 'stale-read', read, staleMs: ms, overwrittenBy });
    }
  }
  return { violations, longestMs };
}

/**
 * Returns the milliseconds since the last rollback of the process; `Infinity` if there was none.
 */
function sinceRollback({ process, begin, end }: Read, rollbacks: readonly Rollback[]): number {
  const times = rollbacks
    .filter((each) => each.process === process && each.begin <= end)
    .map((each) => Math.max(0, begin - each.end));
  return Math.min(...times);
}

function duration({ begin, end }: Operation): number {
  return end - begin;
}

/** Returns whether the process was in an outage during a request, or up to `pauseMs` before it. */
function wasInOutage(
  { process, begin, end }: Operation,
  outages: readonly (Outage | DatabaseOutage)[],
  pauseMs: number,
): boolean {
  return outages.some(
    (each) => each.process === process && each.begin <= end && each.end + pauseMs >= begin,
  );
}

function missingOrFailedResponse(operation: Operation, hadDatabase: boolean): Violation[] {
  const { outcome } = operation;
  switch (outcome.kind) {
    case 'lost':
      return [{ kind: 'no-response', operation }];
    case 'failed': {
      const isDeclared = !hadDatabase && outcome.status === 503 && outcome.saysRetryAfter;
      return isDeclared ? [] : [{ kind: 'failed', operation }];
    }
    default: {
      const isTooLate = hadDatabase && duration(operation) > MAX_RESPONSE_MS;
      return isTooLate ? [{ kind: 'no-response', operation }] : [];
    }
  }
}

function bypassShare(operations: readonly Operation[]): number {
  const sources = operations.flatMap(({ outcome }) =>
    outcome.kind === 'found' && outcome.cache !== undefined ? [outcome.cache] : [],
  );
  const bypasses = sources.filter((source) => source === 'BYPASS').length;
  return bypasses / Math.max(1, sources.length);
}
