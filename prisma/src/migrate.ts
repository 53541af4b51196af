import type { DatabaseOptions, Dialect } from './database.js';
import { dialectOf } from './database-url.js';
import { migrateSqlite } from './sqlite/migrations/migrate-sqlite.js';

/** Options of `migrate`. */
export interface MigrateOptions extends DatabaseOptions {
  /** The folder of the migrations. Default: the folder of this package for the database. */
  readonly migrationsFolder?: string;
  /** Called with the name of each migration once all of them are committed. */
  readonly onApplied?: (name: string) => void;
}

/**
 * Applies the pending migrations in one transaction: all of them, or none. Creates a SQLite file
 * and its folder when they are missing. Any number of processes may call this at the same time;
 * each migration is applied by one of them.
 *
 * Records the migrations in Prisma's own table, `_prisma_migrations`, so that
 * `prisma migrate status` agrees.
 *
 * @returns the names of the migrations that this call applied
 * @throws {DatabaseUrlError} when the URL is not one of a supported database
 * @throws {DatabaseFileError} when the file cannot be opened, or is not a valid database
 * @throws {DatabaseServerError} when the server cannot be used, or is a standby
 * @throws {UnknownMigrationError} when a newer version has migrated the database
 * @throws {EditedMigrationError} when the file of an applied migration has changed
 * @throws {UnfinishedMigrationError} when `prisma migrate deploy` did not finish a migration
 * @throws {FailedMigrationError} when the SQL of a migration fails
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const applied = await migrateByDialect[dialectOf(options.url)](options);
  for (const name of applied) {
    options.onApplied?.(name);
  }
  return applied;
}

const migrateByDialect: Record<Dialect, (options: MigrateOptions) => Promise<string[]>> = {
  sqlite: migrateSqlite,

  async postgresql(options) {
    // Loaded when it is used, see `openDatabase`.
    const { migratePostgresql } = await import('./postgresql/migrate-postgresql.js');
    return migratePostgresql(options);
  },
};
