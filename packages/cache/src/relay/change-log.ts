/**
 * The log of all changes of the source that a cache stands before, written in the transactions that
 * make the changes. Where it rejects, nothing is served that was not served before.
 */
export interface ChangeLog {
  /**
   * Where the log ends. Everything that is committed before this is asked is at or below it, and
   * nothing more will appear at or below it.
   */
  head(): Promise<LogHead>;
  /** Where the log begins. */
  start(): Promise<LogStart>;
  /** The changes that follow a sequence number, at most `limit`, in the order of the commits. */
  read(after: number, limit: number): Promise<readonly LoggedChange[]>;
  /** Drops what comes before this sequence number, as far as it is old enough and in its own steps. */
  prune(before: number): Promise<void>;
}

/** One committed change of what a key stands for. */
export interface Change {
  /** Rises with every change and is never given twice; from 1. */
  readonly seq: number;
  readonly key: string;
  /** The version that the change made, as in `CacheStore.invalidate`. */
  readonly version: number;
  /** Undefined where the log does not say. */
  readonly mark: LogMark | undefined;
}

/** A change as the log has it: somebody may have written an entry whose version cannot be read. */
export interface LoggedChange extends Omit<Change, 'version'> {
  readonly version: number | undefined;
}

/**
 * What tells a change from the one that has its number in another history, after an older backup of
 * the database was restored: its time, for one. Without a space.
 */
export type LogMark = string;

/** Where a log ends. */
export interface LogHead {
  /** Whose log this is: another database has another id. Without a space. */
  readonly databaseId: string;
  /** The last number that was given, also where its change is not kept any more; 0 at first. */
  readonly seq: number;
  /** The mark of that change; undefined where it is not kept. */
  readonly mark: LogMark | undefined;
}

/** Where a log begins. */
export interface LogStart {
  /** The first number that is kept, or the next to be given where none is. */
  readonly seq: number;
  /** Milliseconds for which the log is complete: `Infinity` while nothing was ever dropped. */
  readonly reachMs: number;
}
