import Libsql from 'libsql';
import type { DatabaseOptions } from '../../database.js';
import { FailedMigrationError } from '../../errors/migration-errors.js';
import { type Migration, readMigrations } from '../../migrations/migration-files.js';
import { pendingMigrations } from '../../migrations/pending-migrations.js';
import { retryWhileLocked } from '../connection/retry-while-locked.js';
import { createFolderOf, databaseFile } from '../database-file.js';
import { translateFileErrors } from '../translate-file-errors.js';
import { checkFileIntegrity, hasPendingWal } from './file-integrity.js';
import { createMigrationTable, readMigrationTable, recordMigration } from './migration-table.js';
import { ownMigrations } from './own-migrations.js';

/** Where the file and its migrations are. */
interface MigrateSqliteOptions extends DatabaseOptions {
  /** Default: the folder of this package. */
  readonly migrationsFolder?: string;
}

/** Implements `migrate` for SQLite, and creates the file and its folder when they are missing. */
export async function migrateSqlite({
  url,
  busyTimeoutMs = 5000,
  migrationsFolder = ownMigrations,
}: MigrateSqliteOptions): Promise<string[]> {
  const migrations = await readMigrations(migrationsFolder);
  const file = databaseFile(url);
  return await translateFileErrors(file, async () => {
    await createFolderOf(file);
    return checkAndMigrate(file, migrations, busyTimeoutMs);
  });
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
  const pending = pendingMigrations(migrations, readMigrationTable(database), file);
  for (const migration of pending) {
    apply(database, migration);
    recordMigration(database, migration);
  }
  return pending.map(({ name }) => name);
}

function apply(database: Libsql.Database, { name, sql }: Migration): void {
  try {
    database.exec(sql);
  } catch (error) {
    throw new FailedMigrationError(name, error);
  }
}
