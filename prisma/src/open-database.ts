import Libsql from 'libsql';
import { type ChangeLog, openChangeLog } from './change-log.js';
import type { DatabaseCondition, ReadableCondition } from './condition/database-condition.js';
import { DatabaseFiles } from './condition/database-files.js';
import { DatabaseMonitor } from './condition/database-monitor.js';
import { SpareConnection } from './condition/spare-connection.js';
import { startUpkeep } from './condition/upkeep.js';
import { databaseFile, makeFolderOf } from './database-file.js';
import { explainingFileErrors } from './errors/database-file-error.js';
import { DurabilityError } from './errors/durability-error.js';
import { PrismaClient } from './generated/client.js';
import { readBook, requireKnown } from './migration-book.js';
import { migrationNames, ownMigrations } from './migration-files.js';
import { ReconnectingAdapter } from './reconnecting-adapter.js';
import { waitingAdapter } from './waiting-adapter.js';

/** Where the database is, and how long to wait for it. */
export interface DatabaseOptions {
  /** A `file:` URL; a relative path is relative to the working directory. */
  readonly url: string;
  /**
   * How long a statement waits, in milliseconds, while another process writes; then it fails as
   * `busy`, see `databaseFailure`. The event loop is not blocked meanwhile. Default: 5000.
   */
  readonly busyTimeoutMs?: number;
}

/** How a database is kept while it is open. */
export interface OpenDatabaseOptions extends DatabaseOptions {
  /**
   * The size in bytes from which the write-ahead log is emptied, which a long read has let grow.
   * Default: 16 MiB.
   */
  readonly walLimitBytes?: number;
  /** Called with each new condition, and during the call where the database is not `ok`. */
  readonly onCondition?: (condition: DatabaseCondition) => void;
}

/** An open catalog database. */
export interface Database {
  /**
   * Prisma's client. Prefer single statements to interactive transactions: those hold up every other
   * statement of the process and cost a new connection each.
   */
  readonly client: PrismaClient;
  /** All changes of products, in their order, by whomever they were made. */
  readonly changeLog: ChangeLog;
  /**
   * Reads a product, if there is one, and returns whether writes work: by the outcome of the last one
   * that failed, and of a test twice a second since then.
   *
   * @throws {UnusableDatabaseError} where the files were lost or are damaged
   * @throws Prisma's error where no product could be read for another reason
   */
  check(): Promise<ReadableCondition>;
  /** Returns the size of the write-ahead log in bytes. */
  walBytes(): number;
  /**
   * Merges the write-ahead log into the file, unless another process is reading or the file cannot
   * be written, and closes it.
   */
  close(): Promise<void>;
}

/**
 * Opens a database that `migrate` has prepared, after checking that what it acknowledges survives a
 * loss of power: a write-ahead log, synced with every commit.
 *
 * @throws {DatabaseUrlError} for another URL than that of a file
 * @throws {DurabilityError} where the file or its disk does not keep that promise
 * @throws {UnknownMigrationError} where a newer version has migrated the database
 * @throws {DatabaseFileError} where the file cannot be opened or is not a database
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { url, busyTimeoutMs = 5000, walLimitBytes = 16 * 1024 * 1024 } = options;
  const file = databaseFile(url);
  const spare = await explainingFileErrors(file, async () => {
    await makeFolderOf(file);
    const known = await migrationNames(ownMigrations);
    inspect(file, known);
    return new SpareConnection(file);
  });
  const files = new DatabaseFiles(file);
  const monitor = new DatabaseMonitor({ file, files, onChange: options.onCondition ?? ignore });
  const stopUpkeep = startUpkeep({ monitor, files, spare, walLimitBytes });
  const client = connect(url, busyTimeoutMs, monitor);
  return {
    client,
    changeLog: openChangeLog(client),
    check: async () => {
      await client.product.findFirst();
      return monitor.readableCondition();
    },
    walBytes: () => files.walBytes(),
    close: async () => {
      stopUpkeep();
      emptyWalIfPossible(spare, monitor);
      await client.$disconnect();
      spare.close();
    },
  };
}

function connect(url: string, busyTimeoutMs: number, monitor: DatabaseMonitor): PrismaClient {
  const adapter = new ReconnectingAdapter(
    { url, timeout: 0 },
    // Times are stored as integers: half the size of text, and they sort as numbers.
    { timestampFormat: 'unixepoch-ms' },
    monitor,
  );
  return new PrismaClient({
    adapter: waitingAdapter(adapter, busyTimeoutMs),
    // A transaction waits for the lock as it begins, which Prisma's own limit must not cut short.
    transactionOptions: { maxWait: busyTimeoutMs + 1000 },
  });
}

/**
 * SQLite merges at the last close, but the driver leaves that to the garbage collector. What cannot be
 * merged now stays in the log, and is read from there.
 */
function emptyWalIfPossible(spare: SpareConnection, monitor: DatabaseMonitor): void {
  try {
    monitor.requireFiles();
    spare.emptyWal();
  } catch (error) {
    monitor.noteFailure(error);
  }
}

function inspect(file: string, knownMigrations: readonly string[]): void {
  const connection = new Libsql(file);
  try {
    requirePragma(connection, 'journal_mode', 'wal');
    // libSQL is compiled with `synchronous = FULL`, so that every later connection has it as well.
    requirePragma(connection, 'synchronous', 2);
    requireKnown(readBook(connection), knownMigrations, file);
  } finally {
    connection.close();
  }
}

function requirePragma(connection: Libsql.Database, pragma: string, needed: string | number): void {
  const value: unknown = connection.prepare(`PRAGMA ${pragma}`).pluck().all()[0];
  if (String(value) !== String(needed)) {
    throw new DurabilityError(pragma, value, needed);
  }
}

function ignore(): void {}
