import Libsql from 'libsql';
import { retryWhileLocked } from '../connection/retry-while-locked.js';
import { createFolderOf, databaseFile } from '../database-file.js';
import {
  EditedMigrationError,
  FailedMigrationError,
  UnfinishedMigrationError,
} from '../errors/migration-errors.js';
import { translateFileErrors } from '../errors/translate-file-errors.js';
import type { DatabaseOptions } from '../open-database.js';
import { checkFileIntegrity, hasPendingWal } from './file-integrity.js';
import { type Migration, ownMigrations, readMigrations } from './migration-files.js';
import {
  createMigrationTable,
  readMigrationTable,
  recordMigration,
  requireKnownMigrations,
} from './migration-table.js';

/** Options of `migrate`. */
export interface MigrateOptions extends DatabaseOptions {
  /** The folder of the migrations. Default: the folder of this package. */
  readonly migrationsFolder?: string;
  /** Called with the name of each migration once all of them are committed. */
  readonly onApplied?: (name: string) => void;
}

/**
 * Applies the pending migrations in one transaction: all of them, or none. Creates the file and its
 * folder when they are missing. Any number of processes may call this at the same time; each
 * migration is applied by one of them.
 *
 * Records the migrations in Prisma's own table, `_prisma_migrations`, so that
 * `prisma migrate status` agrees.
 *
 * @returns the names of the migrations that this call applied
 * @throws {DatabaseUrlError} when the URL does not name a file
 * @throws {DatabaseFileError} when the file cannot be opened, or is not a valid database
 * @throws {UnknownMigrationError} when a newer version has migrated the database
 * @throws {EditedMigrationError} when the file of an applied migration has changed
 * @throws {UnfinishedMigrationError} when `prisma migrate deploy` did not finish a migration
 * @throws {FailedMigrationError} when the SQL of a migration fails
 */
export async function migrate({
  url,
  busyTimeoutMs = 5000,
  migrationsFolder = ownMigrations,
  onApplied,
}: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(migrationsFolder);
  const file = databaseFile(url);
  const applied = await translateFileErrors(file, async () => {
    await createFolderOf(file);
    return checkAndMigrate(file, migrations, busyTimeoutMs);
  });
  for (const name of applied) {
    onApplied?.(name);
  }
  return applied;
}

async function checkAndMigrate(
  file: string,
  migrations: readonly Migration[],
  busyTimeoutMs: number,
): Promise<string[]> {
  // Opening the file would change the answer.
  const isUnclean = hasPendingWal(file);
  const check = (database: Libsql.Database) => checkFileIntegrity(database, file, isUnclean);
  await retryWhileLocked(() => withNewConnection(file, check), busyTimeoutMs);
  const apply = (database: Libsql.Database) => applyInTransaction(database, migrations, file);
  return await retryWhileLocked(() => withNewConnection(file, apply), busyTimeoutMs);
}

/**
 * Each attempt uses a new connection: after a busy failure, a connection may keep an old snapshot,
 * from which SQLite never lets it write (SQLITE_BUSY_SNAPSHOT).
 */
function withNewConnection<T>(file: string, use: (database: Libsql.Database) => T): T {
  const database = new Libsql(file);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

function applyInTransaction(
  database: Libsql.Database,
  migrations: readonly Migration[],
  file: string,
): string[] {
  database.exec('PRAGMA journal_mode = WAL');
  // Migrations by Prisma turn foreign keys off to rebuild a table. Inside a transaction that has no
  // effect, so it is done here.
  database.exec('PRAGMA foreign_keys = OFF');
  return database.transaction(() => applyPending(database, migrations, file)).immediate();
}

function applyPending(
  database: Libsql.Database,
  migrations: readonly Migration[],
  file: string,
): string[] {
  createMigrationTable(database);
  const pending = pendingMigrations(database, migrations, file);
  for (const migration of pending) {
    apply(database, migration);
    recordMigration(database, migration);
  }
  return pending.map(({ name }) => name);
}

function pendingMigrations(
  database: Libsql.Database,
  migrations: readonly Migration[],
  file: string,
): readonly Migration[] {
  const applied = readMigrationTable(database);
  const known = migrations.map(({ name }) => name);
  requireKnownMigrations(applied, known, file);
  for (const { name, finished } of applied.values()) {
    if (finished === 0) {
      throw new UnfinishedMigrationError(name);
    }
  }
  return migrations.filter(({ name, checksum }) => {
    const row = applied.get(name);
    if (row !== undefined && row.checksum !== checksum) {
      throw new EditedMigrationError(name);
    }
    return row === undefined;
  });
}

function apply(database: Libsql.Database, { name, sql }: Migration): void {
  try {
    database.exec(sql);
  } catch (error) {
    throw new FailedMigrationError(name, error);
  }
}
