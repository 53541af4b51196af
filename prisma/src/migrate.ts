import Libsql from 'libsql';
import { databaseFile, makeFolderOf } from './database-file.js';
import { explainingFileErrors } from './errors/database-file-error.js';
import { EditedMigrationError } from './errors/edited-migration-error.js';
import { FailedMigrationError } from './errors/failed-migration-error.js';
import { UnfinishedMigrationError } from './errors/unfinished-migration-error.js';
import { createBook, readBook, recordMigration, requireKnown } from './migration-book.js';
import { type Migration, ownMigrations, readMigrations } from './migration-files.js';
import type { DatabaseOptions } from './open-database.js';
import { hasLeftoverLog, requireSoundFile } from './sound-file.js';
import { waitForLock } from './wait-for-lock.js';

/** Which database to migrate, and by what. */
export interface MigrateOptions extends DatabaseOptions {
  /** The folder of the migrations. Default: this package's own. */
  readonly migrationsFolder?: string;
  /** Told the name of each migration once all of them are committed. */
  readonly onApplied?: (name: string) => void;
}

/**
 * Applies the migrations that the database does not have yet, in one transaction: all of them, or
 * none. Makes the file, and its folder, where they are missing. Any number of processes may do this
 * at once; each migration is applied by one of them.
 *
 * Keeps Prisma's book, the table `_prisma_migrations`, so that `prisma migrate status` agrees.
 *
 * @returns the names of the migrations that this call applied
 * @throws {DatabaseUrlError} for another URL than that of a file
 * @throws {DatabaseFileError} where the file cannot be opened, or is not a sound database
 * @throws {UnknownMigrationError} where a newer version has migrated the database
 * @throws {EditedMigrationError} where an applied migration's file has changed since
 * @throws {UnfinishedMigrationError} where `prisma migrate deploy` left a migration half done
 * @throws {FailedMigrationError} where a migration's SQL fails
 */
export async function migrate({
  url,
  busyTimeoutMs = 5000,
  migrationsFolder = ownMigrations,
  onApplied,
}: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(migrationsFolder);
  const file = databaseFile(url);
  const applied = await explainingFileErrors(file, async () => {
    await makeFolderOf(file);
    return applyPendingTo(file, migrations, busyTimeoutMs);
  });
  for (const name of applied) {
    onApplied?.(name);
  }
  return applied;
}

async function applyPendingTo(
  file: string,
  migrations: readonly Migration[],
  busyTimeoutMs: number,
): Promise<string[]> {
  // To be asked before the file is opened.
  const isUnclean = hasLeftoverLog(file);
  const check = (database: Libsql.Database) => requireSoundFile(database, file, isUnclean);
  await waitForLock(() => onOwnConnection(file, check), busyTimeoutMs);
  const apply = (database: Libsql.Database) => applyOnce(database, migrations, file);
  return await waitForLock(() => onOwnConnection(file, apply), busyTimeoutMs);
}

/**
 * Each attempt has a connection of its own: one that met another's lock may keep the snapshot that it
 * read then, from which SQLite never lets it write (SQLITE_BUSY_SNAPSHOT).
 */
function onOwnConnection<T>(file: string, use: (database: Libsql.Database) => T): T {
  const database = new Libsql(file);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

function applyOnce(
  database: Libsql.Database,
  migrations: readonly Migration[],
  file: string,
): string[] {
  database.exec('PRAGMA journal_mode = WAL');
  // Prisma's migrations switch this off to rebuild a table, which has no effect in a transaction.
  database.exec('PRAGMA foreign_keys = OFF');
  return database.transaction(() => applyInOrder(database, migrations, file)).immediate();
}

function applyInOrder(
  database: Libsql.Database,
  migrations: readonly Migration[],
  file: string,
): string[] {
  createBook(database);
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
  const book = readBook(database);
  requireKnown(
    book,
    migrations.map(({ name }) => name),
    file,
  );
  for (const { name, finished } of book.values()) {
    if (finished === 0) {
      throw new UnfinishedMigrationError(name);
    }
  }
  return migrations.filter(({ name, checksum }) => {
    const entry = book.get(name);
    if (entry !== undefined && entry.checksum !== checksum) {
      throw new EditedMigrationError(name);
    }
    return entry === undefined;
  });
}

function apply(database: Libsql.Database, { name, sql }: Migration): void {
  try {
    database.exec(sql);
  } catch (error) {
    throw new FailedMigrationError(name, error);
  }
}
