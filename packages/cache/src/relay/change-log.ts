import { ChangeLogError } from './relay-errors.js';

/**
 * The log of all changes of the cache's source, written in the transactions that make the changes.
 * While it rejects, a store that is in use stays in use, and a bypassed store stays bypassed.
 */
export interface ChangeLog {
  /**
   * Returns the end of the log. Every change that was committed before this call has a sequence
   * number up to the head's, and no change appears at or below the head later.
   */
  head(): Promise<LogHead>;
  /** Returns the beginning of the log. */
  start(): Promise<LogStart>;
  /** Returns the changes after a sequence number, at most `limit`, in the order of the commits. */
  read(after: number, limit: number): Promise<readonly LoggedChange[]>;
  /**
   * Deletes entries before a sequence number. The log decides which of them are old enough, and how
   * many to delete at a time.
   */
  prune(before: number): Promise<void>;
}

/** A committed change of the value of a key. */
export interface Change {
  /** Rises with every change, from 1, and is never used twice. */
  readonly seq: number;
  readonly key: string;
  /** The version that the change wrote, as in `CacheStore.invalidate`. */
  readonly version: number;
  /** Undefined if the log has none. */
  readonly mark: LogMark | undefined;
}

/** A change as it is read from the log. Its version is undefined if the entry is not readable. */
export interface LoggedChange extends Omit<Change, 'version'> {
  readonly version: number | undefined;
}

/**
 * A text without spaces, such as the time of a change. It tells a change from the change with the
 * same sequence number in another history, after an older backup of the database was restored.
 */
export type LogMark = string;

/** The end of a log. */
export interface LogHead {
  /** The id of the database that the log belongs to, without spaces. */
  readonly databaseId: string;
  /** The last sequence number that was used, even if its change was pruned; 0 if there is none. */
  readonly seq: number;
  /** The mark of that change; undefined if it was pruned. */
  readonly mark: LogMark | undefined;
}

/** The beginning of a log. */
export interface LogStart {
  /** The first sequence number in the log, or the next one to be used if the log is empty. */
  readonly seq: number;
  /** Milliseconds for which the log is complete: `Infinity` if nothing was ever pruned. */
  readonly reachMs: number;
}

/**
 * Wraps a log so that it rejects with a `ChangeLogError`, which differs from errors of the store.
 */
export function checkedLog(log: ChangeLog): ChangeLog {
  return {
    head: () => checked(() => log.head()),
    start: () => checked(() => log.start()),
    read: (after, limit) => checked(() => log.read(after, limit)),
    prune: (before) => checked(() => log.prune(before)),
  };
}

async function checked<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    throw new ChangeLogError(cause);
  }
}
