import type { Row, Source } from './source.js';

/** A cache library in one setup, ready to race. */
export interface Contender {
  /** The name under which the library is published. */
  readonly library: string;
  /** What is switched on, in a few words. */
  readonly setup: string;
  /** Where the library's documentation shows this setup. */
  readonly documentation: string;
  /** The other packages that the setup is made of; their versions are recorded too. */
  readonly drivers: readonly string[];
  /** What has to be known to read its results, if anything. */
  readonly note?: string;
  /**
   * Makes one instance, as one process would, on the Redis at this URL. The source is for a library
   * that can follow the database's log of changes; rows are read with the `load` of each read.
   */
  connect(redisUrl: string, source: Source): Promise<CacheInstance>;
}

/** One process's worth of a cache: its own connection, its own memory. */
export interface CacheInstance {
  /** A read through the cache, in the library's own one-call form where it has one. */
  read(id: string, load: () => Promise<Row>): Promise<Row>;
  /**
   * Removes what is cached of a row that was just written. Rejects, or resolves to `false`, where
   * the library says that it could not.
   */
  invalidate(row: Row): Promise<unknown>;
  close(): Promise<void>;
}
