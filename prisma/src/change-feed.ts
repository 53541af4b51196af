import type { ChangeLogHead, ProductChange } from './change-log.js';

/** How many entries are kept. */
export interface ChangeRetention {
  /** Only entries older than this many milliseconds are deleted, by the database's clock. */
  readonly olderThanMs: number;
  /** The largest number of entries to keep, the youngest ones; older ones need not be that old. */
  readonly keepAtMost: number;
}

/**
 * All entries of the change log that are kept, in the order of the commits. Entries before the
 * start of `ChangeLog` are deleted by the age and the number that `ChangeRetention` says.
 */
export interface ChangeFeed {
  /** Returns the end of the log, as `ChangeLog.head` does. */
  head(): Promise<ChangeLogHead>;
  /** Returns the first sequence number that is kept; in an empty log, the next one to be used. */
  start(): Promise<number>;
  /** Returns the entries after a sequence number, at most `limit`, in order. */
  read(after: number, limit: number): Promise<ProductChange[]>;
  /**
   * Deletes the oldest entries that need not be kept, at most `MAX_DELETED_AT_ONCE`. It takes no
   * lock if there are none, and leaves them to another process that is deleting them.
   *
   * @returns the number of deleted entries; call again until it is 0
   */
  deleteOld(retention: ChangeRetention): Promise<number>;
}

/** The number of entries that `deleteOld` deletes at most: a few milliseconds of a write lock. */
export const MAX_DELETED_AT_ONCE = 1000;
