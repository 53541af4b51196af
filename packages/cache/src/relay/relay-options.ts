import type { ChangeLog } from './change-log.js';

/** How a store is kept up to date with a change log. */
export interface RelayOptions {
  readonly changeLog: ChangeLog;
  /**
   * Milliseconds after which a value that was loaded is certain to be gone: the longest life of an
   * entry and the longest load. A log that reaches back so far can be replayed where the watermark
   * was lost; the store is cleared where it does not.
   */
  readonly longestLifeMs: number;
  /** Milliseconds between two looks at the log, at most. Default 250. */
  readonly pollMs?: number;
  /** How many changes are applied at once, which Redis does without serving anybody. Default 500. */
  readonly batchSize?: number;
  /**
   * Milliseconds for which a store is read after the beginning of a look that found it up to date;
   * one that cannot be brought up to date by then is not used until it is. Default `pollMs` and 350.
   */
  readonly maxLagMs?: number;
  /**
   * Milliseconds for which a claim to the store holds without being renewed, which each poll does;
   * another database can then take the store over. A clearing waits for half of it until no process
   * reads the store any more, so at least twice `maxLagMs`. Default four times `maxLagMs`, to which a
   * store in Redis adds twice its `timeoutMs`, and at least 5000.
   */
  readonly claimMs?: number;
  /** Milliseconds between two prunings of the log. Default 60,000. */
  readonly pruneEveryMs?: number;
}

/** How far a store is behind the log, as far as this process knows. */
export interface RelayStatus {
  /** How many changes were not applied at the last look; `Infinity` where that is not known. */
  readonly behind: number;
  /** Milliseconds since the store was last seen to be up to date; `Infinity` if it never was. */
  readonly lagMs: number;
}

/** The times that depend on each other. */
export type RelayTimes = Required<Pick<RelayOptions, 'pollMs' | 'maxLagMs' | 'claimMs'>>;

/** How much longer than between two looks a store may go without one that found it up to date. */
const toleranceMs = 350;

/**
 * Fills in the times that are not given.
 *
 * @param commandMs milliseconds that a command to the store may take.
 */
export function relayTimes(options: RelayOptions, commandMs = 0): RelayTimes {
  const { pollMs = 250, maxLagMs = pollMs + toleranceMs } = options;
  const { claimMs = Math.max(5000, 4 * maxLagMs + 2 * commandMs) } = options;
  return { pollMs, maxLagMs, claimMs };
}
