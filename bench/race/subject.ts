import type { Row, Source } from './source.js';

/** A cache library in one setup. */
export interface Subject {
  /** The name of the library's package. */
  readonly library: string;
  /** The options that are switched on, in a few words. */
  readonly setup: string;
  /** The address of the documentation that shows this setup. */
  readonly documentation: string;
  /** Other packages of the setup. The results record their versions too. */
  readonly drivers: readonly string[];
  /** A remark that readers of the results need, if any. */
  readonly note?: string;
  /**
   * Creates one instance, as one process would, on the Redis at this URL. The source is for a
   * library that can follow the database's change log; rows are loaded by the `load` of each read.
   */
  connect(redisUrl: string, source: Source): Promise<CacheInstance>;
}

/** The cache of one process, with its own connection and its own memory. */
export interface CacheInstance {
  /** Reads through the cache, with the library's own one-call form if it has one. */
  read(id: string, load: () => Promise<Row>): Promise<Row>;
  /**
   * Removes the cached value of a row that was just written. Rejects, or resolves to `false`, if
   * the library reports a failure.
   */
  invalidate(row: Row): Promise<unknown>;
  close(): Promise<void>;
}
