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
