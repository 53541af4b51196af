import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import Libsql from 'libsql';
import type { Database, OpenDatabaseOptions } from '../database.js';
import { DurabilityError } from '../errors/database-errors.js';
import { type Prisma, PrismaClient } from '../generated/sqlite/client.js';
import { migrationNames } from '../migrations/migration-files.js';
import { requireKnownMigrations } from '../migrations/pending-migrations.js';
import { runTransaction, sharing, statementsOf } from '../transactions.js';
import { DatabaseFiles } from './condition/database-files.js';
import { DatabaseMonitor } from './condition/database-monitor.js';
import { startMaintenance } from './condition/maintenance.js';
import { MaintenanceConnection } from './condition/maintenance-connection.js';
import { ReconnectingAdapter } from './connection/reconnecting-adapter.js';
import { type WaitingOptions, waitingAdapter } from './connection/waiting-adapter.js';
import { createFolderOf, databaseFile } from './database-file.js';
import { readMigrationTable } from './migrations/migration-table.js';
import { ownMigrations } from './migrations/own-migrations.js';
import { sqliteChangeFeed } from './sqlite-change-feed.js';
import { sqliteChangeLog } from './sqlite-change-log.js';
import { sqliteFailure } from './sqlite-failure.js';
import { SlowReader } from './thread/slow-reader.js';
import { SlowWriter } from './thread/slow-writer.js';
import { WriteTurns } from './thread/write-turns.js';
import { translateFileErrors } from './translate-file-errors.js';

/**
 * Opens a file that `migrate` has prepared, after checking that acknowledged writes survive a
 * power failure: the database must have a write-ahead log that is synced with every commit.
 *
 * @throws {DatabaseUrlError} when the URL does not name a file
 * @throws {DurabilityError} when the file or its disk cannot keep that promise
 * @throws {UnknownMigrationError} when a newer version has migrated the database
 * @throws {DatabaseFileError} when the file cannot be opened or is not a database
 */
export async function openSqlite(options: OpenDatabaseOptions): Promise<Database> {
  const { url, busyTimeoutMs = 5000, walLimitBytes = 16 * 1024 * 1024 } = options;
  const file = databaseFile(url);
  const connection = await translateFileErrors(file, async () => {
    await createFolderOf(file);
    checkDatabase(file, await migrationNames(ownMigrations));
    return new MaintenanceConnection(file);
  });
  const files = new DatabaseFiles(file);
  const monitor = new DatabaseMonitor({ file, files, onChange: options.onCondition ?? ignore });
  const stopMaintenance = startMaintenance({ monitor, files, connection, walLimitBytes });
  const turns = new WriteTurns();
  const adapter = await connect(url, { timeoutMs: busyTimeoutMs, turns }, monitor);
  const client = new PrismaClient({ adapter: sharing(adapter) });
  const reader = new SlowReader(file);
  const writer = new SlowWriter({ file, busyTimeoutMs });
  return {
    dialect: 'sqlite',
    connections: 1,
    client,
    transaction: (run) => turns.write(() => runTransaction(adapter, ({ sql }) => sql, run)),
    slowTransaction: (run) =>
      turns.slowTransaction(() => guarded(monitor, () => writer.transaction(run))),
    slowRead: <Row>(statement: Prisma.Sql) => guarded(monitor, () => reader.read<Row>(statement)),
    promptReads: client,
    changeLog: sqliteChangeLog(client),
    changeFeed: sqliteChangeFeed(statementsOf(adapter, ({ sql }) => sql)),
    failureOf: sqliteFailure,
    busyReason: () => `Another process has locked ${file}: end its transaction`,
    check: async () => {
      await client.product.findFirst();
      return monitor.readableCondition();
    },
    walBytes: () => files.walBytes(),
    close: async () => {
      stopMaintenance();
      await Promise.all([reader.close(), writer.close()]);
      truncateWalIfPossible(connection, monitor);
      await client.$disconnect();
      await adapter.dispose();
      connection.close();
    },
  };
}

/** Runs statements, which must not succeed on files that have lost their names. */
async function guarded<T>(monitor: DatabaseMonitor, run: () => Promise<T>): Promise<T> {
  monitor.checkFiles();
  try {
    return await run();
  } catch (error) {
    monitor.recordFailure(error);
    throw error;
  } finally {
    monitor.checkFiles();
  }
}

async function connect(
  url: string,
  waiting: WaitingOptions,
  monitor: DatabaseMonitor,
): Promise<SqlDriverAdapter> {
  const adapter = new ReconnectingAdapter(
    { url, timeout: 0 },
    // Integers take half the space of text, and sort as numbers.
    { timestampFormat: 'unixepoch-ms' },
    monitor,
  );
  return waitingAdapter(adapter, waiting).connect();
}

/**
 * Merges the write-ahead log into the file. SQLite does that when the last connection closes, but
 * the driver leaves closing to the garbage collector. Changes that cannot be merged now stay in the
 * log, where the next process reads them.
 */
function truncateWalIfPossible(connection: MaintenanceConnection, monitor: DatabaseMonitor): void {
  try {
    monitor.checkFiles();
    connection.truncateWal();
  } catch (error) {
    monitor.recordFailure(error);
  }
}

function checkDatabase(file: string, knownMigrations: readonly string[]): void {
  const connection = new Libsql(file);
  try {
    requirePragma(connection, 'journal_mode', 'wal');
    // libSQL is compiled with `synchronous = FULL`, so later connections have it too.
    requirePragma(connection, 'synchronous', 2);
    requireKnownMigrations(readMigrationTable(connection), knownMigrations, file);
  } finally {
    connection.close();
  }
}

function requirePragma(
  connection: Libsql.Database,
  pragma: string,
  expected: string | number,
): void {
  const value: unknown = connection.prepare(`PRAGMA ${pragma}`).pluck().all()[0];
  if (String(value) !== String(expected)) {
    throw new DurabilityError(pragma, value, expected);
  }
}

function ignore(): void {}
