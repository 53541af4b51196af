import { randomUUID } from 'node:crypto';
import type Libsql from 'libsql';
import { UnknownMigrationError } from '../errors/migration-errors.js';
import type { Migration } from './migration-files.js';

/** A row of the table of migrations that was not rolled back. */
export interface MigrationRow {
  readonly name: string;
  /** The checksum of the file that was applied. */
  readonly checksum: string;
  /** 0 when `prisma migrate deploy` failed or was interrupted, else 1. */
  readonly finished: number;
}

/** Creates the table in which Prisma's own commands record migrations, with the same columns. */
export function createMigrationTable(database: Libsql.Database): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      "id"                  TEXT PRIMARY KEY NOT NULL,
      "checksum"            TEXT NOT NULL,
      "finished_at"         DATETIME,
      "migration_name"      TEXT NOT NULL,
      "logs"                TEXT,
      "rolled_back_at"      DATETIME,
      "started_at"          DATETIME NOT NULL DEFAULT current_timestamp,
      "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
    )`);
}

/** Reads the migrations that were started and not rolled back, by name. */
export function readMigrationTable(database: Libsql.Database): Map<string, MigrationRow> {
  const rows = database
    .prepare(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    )
    .all();
  // The query selects these columns, and the table declares their types.
  const migrations = rows as MigrationRow[];
  return new Map(migrations.map((migration) => [migration.name, migration]));
}

/**
 * Refuses a database that a newer version has migrated: this version may use columns that are gone.
 *
 * @param applied the table of migrations
 * @param known the names of all migrations of this version
 * @param file the path of the database, for the message
 * @throws {UnknownMigrationError} when the table has a migration that is not known
 */
export function requireKnownMigrations(
  applied: ReadonlyMap<string, MigrationRow>,
  known: Iterable<string>,
  file: string,
): void {
  const names = new Set(known);
  for (const name of applied.keys()) {
    if (!names.has(name)) {
      throw new UnknownMigrationError(name, file);
    }
  }
}

/** Records a migration as applied, in Prisma's format. */
export function recordMigration(database: Libsql.Database, { name, checksum }: Migration): void {
  const now = new Date().toISOString().replace('Z', '+00:00');
  database
    .prepare(
      `INSERT INTO _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES (?, ?, ?, ?, ?, 1)`,
    )
    .run(randomUUID(), checksum, name, now, now);
}
