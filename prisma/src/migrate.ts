import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import { databaseFileInFolder } from './database-file.js';
import { EditedMigrationError } from './edited-migration-error.js';
import { FailedMigrationError } from './failed-migration-error.js';
import { createBook, readBook, recordMigration } from './migration-book.js';
import { type Migration, readMigrations } from './migration-files.js';
import type { DatabaseOptions } from './open-database.js';
import { UnfinishedMigrationError } from './unfinished-migration-error.js';
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
 * @throws {EditedMigrationError} where an applied migration's file has changed since
 * @throws {UnfinishedMigrationError} where `prisma migrate deploy` left a migration half done
 * @throws {FailedMigrationError} where a migration's SQL fails
 */
export async function migrate({
  url,
  busyTimeoutMs = 5000,
  migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url)),
  onApplied,
}: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(migrationsFolder);
  const database = new Libsql(await databaseFileInFolder(url));
  try {
    await waitForLock(() => database.exec('PRAGMA journal_mode = WAL'), busyTimeoutMs);
    // Prisma's migrations switch this off to rebuild a table, which has no effect in a transaction.
    database.exec('PRAGMA foreign_keys = OFF');
    const applyPending = database.transaction(() => applyInOrder(database, migrations));
    const applied = await waitForLock(() => applyPending.immediate(), busyTimeoutMs);
    for (const name of applied) onApplied?.(name);
    return applied;
  } finally {
    database.close();
  }
}

function applyInOrder(database: Libsql.Database, migrations: readonly Migration[]): string[] {
  createBook(database);
  const pending = pendingMigrations(database, migrations);
  for (const migration of pending) {
    apply(database, migration);
    recordMigration(database, migration);
  }
  return pending.map(({ name }) => name);
}

function pendingMigrations(
  database: Libsql.Database,
  migrations: readonly Migration[],
): readonly Migration[] {
  const book = readBook(database);
  for (const { name, finished } of book.values()) {
    if (finished === 0) throw new UnfinishedMigrationError(name);
  }
  return migrations.filter(({ name, checksum }) => {
    const entry = book.get(name);
    if (entry !== undefined && entry.checksum !== checksum) throw new EditedMigrationError(name);
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
