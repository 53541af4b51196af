import type { ChangeFeed } from './change-feed.js';
import type { ChangeLog } from './change-log.js';
import type { Prisma, PrismaClient } from './generated/sqlite/client.js';

/** The database systems that the service supports, each with its own SQL. */
export type Dialect = 'sqlite' | 'postgresql';

/** Where the database is, and how long to wait for it. */
export interface DatabaseOptions {
  /**
   * `file:` and a path, which is relative to the working directory, or `postgres://` and the
   * address of a PostgreSQL database.
   */
  readonly url: string;
  /**
   * Milliseconds that a statement waits while another process writes; then it fails as `busy`, see
   * `Database.failureOf`. The event loop is not blocked meanwhile. On PostgreSQL also the time for
   * a whole statement, and for a free connection. Default: 5000.
   */
  readonly busyTimeoutMs?: number;
}

/** Options of `openDatabase`. */
export interface OpenDatabaseOptions extends DatabaseOptions {
  /**
   * SQLite only: the size in bytes from which the write-ahead log is truncated; it grows during
   * long reads. Default: 16 MiB.
   */
  readonly walLimitBytes?: number;
  /**
   * PostgreSQL only: the maximum number of connections, besides two for the change log and
   * `promptReads`. Default: 8.
   */
  readonly poolSize?: number;
  /** Called with each new condition, and while the database opens if it is not `ok`. */
  readonly onCondition?: (condition: DatabaseCondition) => void;
}

/** The statements of one transaction. Values are those of the driver: large integers are text. */
export interface Transaction {
  /** Runs a statement, and returns its rows, whose type the caller names. */
  $queryRaw<Rows = unknown>(statement: Prisma.Sql): Promise<Rows>;
  /** Runs a statement, and returns the number of rows that it has changed. */
  $executeRaw(statement: Prisma.Sql): Promise<number>;
}

/** An open catalog database. */
export interface Database {
  readonly dialect: Dialect;
  /** Maximum number of statements that run at the same time. SQLite: 1. */
  readonly connections: number;
  /** Prisma's client, for single statements. */
  readonly client: PrismaClient;
  /**
   * Runs statements in one transaction. It is committed when `run` resolves, and rolled back when
   * it rejects.
   *
   * On SQLite nobody else writes meanwhile, and the other statements of this process wait: await
   * nothing but statements. On PostgreSQL a statement sees what others have committed before it, so
   * lock the rows that you decide upon (`FOR UPDATE`), in the order of their ids. After a deadlock
   * or a serialization failure `run` is called again, at most three times.
   */
  transaction<Result>(run: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * Runs statements in one transaction, as `transaction` does, if they take long together. On
   * SQLite they run on a thread of their own, so that reads go on meanwhile; the writes of this
   * process wait for the transaction, and the next slow one waits for them.
   */
  slowTransaction<Result>(run: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * Runs a read whose time has no bound. On SQLite it runs on a thread of its own, because the
   * driver is synchronous, and such reads run one after the other; more than 64 at once fail as
   * `busy`.
   *
   * @returns the rows, as the driver returns them
   */
  slowRead<Row>(statement: Prisma.Sql): Promise<Row[]>;
  /**
   * Runs short reads that requests depend on although they do not use the database themselves. On
   * PostgreSQL they have connections of their own, as the change log has, so that they need not
   * wait for one when statements that wait for locks have them all.
   */
  readonly promptReads: Pick<Transaction, '$queryRaw'>;
  /** The changes of products that a cache needs, in order, also those of other processes. */
  readonly changeLog: ChangeLog;
  /** All changes of products that are kept, in order, also those of other processes. */
  readonly changeFeed: ChangeFeed;
  /** Classifies an error of a statement; returns undefined for any other error. */
  failureOf(error: unknown): DatabaseFailure | undefined;
  /** Returns why a statement failed as `busy`, and what the operator can do. */
  busyReason(error: unknown): string;
  /**
   * Tries to read a product, and returns whether writes work, according to the last failed write
   * and to tests since then.
   *
   * @throws {UnusableDatabaseError} when the files were lost or are damaged, or the server cannot
   * be used
   * @throws {BusyDatabaseError} when a server did not run the read in time
   * @throws {Error} when the read failed for another reason: Prisma's error
   */
  check(): Promise<ReadableCondition>;
  /** Returns the size of SQLite's write-ahead log in bytes; undefined on PostgreSQL. */
  walBytes(): number | undefined;
  /**
   * Closes the database. SQLite merges the write-ahead log into the file first, unless another
   * process is reading or the file cannot be written.
   */
  close(): Promise<void>;
}

/**
 * Why a statement failed. A failed statement has no effect, except as noted.
 *
 * - `busy`: another process held a lock for longer than the busy timeout, or all connections were
 *   in use; a retry may succeed.
 * - `constraint`: a CHECK, a unique key or a trigger refused a row.
 * - `full`: the file system has no room: the disk, a quota or the limit of the file size is used
 *   up.
 * - `read-only`: this process cannot write the database.
 * - `corrupt`: the data is malformed, or is not a database.
 * - `io`: the file could not be read or opened.
 * - `unreachable`: the server has not responded, or its connection was lost. A write may have
 *   happened.
 * - `unusable`: a file was lost, or was found to be corrupt earlier. A write may have happened, but
 *   in a lost file.
 */
export type DatabaseFailure =
  | 'busy'
  | 'constraint'
  | 'full'
  | 'read-only'
  | 'corrupt'
  | 'io'
  | 'unreachable'
  | 'unusable';

/** What a database can be used for. `reason` tells the operator what is wrong and what to do. */
export type DatabaseCondition =
  | ReadableCondition
  /** Nothing works until the server can be reached; then it works again without a restart. */
  | { readonly state: 'unreachable'; readonly reason: string }
  /** Nothing works until the database is opened again. */
  | { readonly state: 'unusable'; readonly reason: string };

/** The condition of a database that can serve reads. */
export type ReadableCondition =
  | { readonly state: 'ok' }
  /** Writes fail until the cause is gone; then they work again without a restart. */
  | { readonly state: 'read-only' | 'full'; readonly reason: string };
