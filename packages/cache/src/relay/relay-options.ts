import type { ChangeLog } from './change-log.js';

/**
 * The difference between the defaults of `maxLagMs` and `pollMs`, in milliseconds: a poll may be
 * late or fail for this long before the store is bypassed.
 */
export const LAG_TOLERANCE_MS = 350;

/** Options for the relay that keeps a store up to date with a change log. */
export interface RelayOptions {
  readonly changeLog: ChangeLog;
  /**
   * Milliseconds after which a loaded value has certainly expired: the longest time to live plus
   * the longest load. If the watermark is lost, a log that reaches back so far is replayed;
   * otherwise the store is cleared.
   */
  readonly longestLifeMs: number;
  /** The longest time between two polls of the log, in milliseconds. Default 250. */
  readonly pollMs?: number;
  /** The most changes that are applied at once; Redis serves nobody meanwhile. Default 500. */
  readonly batchSize?: number;
  /**
   * Milliseconds for which a store is read after the start of a poll that found it up to date. A
   * store that cannot be brought up to date by then is bypassed. Default `pollMs` plus 350.
   */
  readonly maxLagMs?: number;
  /**
   * Milliseconds for which a claim to the store holds. Each poll renews it; afterwards another
   * database can take the store over. A clearing waits for half of it until no process reads the
   * store any more, so it must be at least twice `maxLagMs`. Default four times `maxLagMs`, plus
   * twice the `timeoutMs` of a store in Redis, and at least 5000.
   */
  readonly claimMs?: number;
  /** Milliseconds between two prunings of the log. Default 60,000. */
  readonly pruneEveryMs?: number;
}

/** How far a store is behind the log, as far as this process knows. */
export interface RelayStatus {
  /** The number of changes not yet applied at the last poll; `Infinity` if it is unknown. */
  readonly behind: number;
  /** Milliseconds since the store was last known to be up to date; `Infinity` if it never was. */
  readonly lagMs: number;
}

/** The options with times that depend on each other. */
export type RelayTimes = Required<Pick<RelayOptions, 'pollMs' | 'maxLagMs' | 'claimMs'>>;

/**
 * Fills in the default times.
 *
 * @param commandMs the timeout of a command to the store, in milliseconds.
 */
export function relayTimes(options: RelayOptions, commandMs = 0): RelayTimes {
  const { pollMs = 250, maxLagMs = pollMs + LAG_TOLERANCE_MS } = options;
  const { claimMs = Math.max(5000, 4 * maxLagMs + 2 * commandMs) } = options;
  return { pollMs, maxLagMs, claimMs };
}
