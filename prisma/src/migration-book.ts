import { randomUUID } from 'node:crypto';
import type Libsql from 'libsql';
import { UnknownMigrationError } from './errors/unknown-migration-error.js';
import type { Migration } from './migration-files.js';

/** What the database remembers of a migration that was not rolled back. */
export interface BookEntry {
  readonly name: string;
  /** The checksum of the file that was applied. */
  readonly checksum: string;
  /** 0 where `prisma migrate deploy` failed or was interrupted, else 1. */
  readonly finished: number;
}

/** Makes the table in which Prisma's own commands keep the applied migrations, column for column. */
export function createBook(database: Libsql.Database): void {
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

/** The migrations that were begun, by name. */
export function readBook(database: Libsql.Database): Map<string, BookEntry> {
  const rows = database
    .prepare(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    )
    .all();
  // The query above has these columns, and the table declares their types.
  const entries = rows as BookEntry[];
  return new Map(entries.map((entry) => [entry.name, entry]));
}

/**
 * Refuses a database that a newer version has migrated: its statements may need columns that are gone.
 *
 * @param known the names of all migrations of this version
 * @param file the path of the database, for the message
 * @throws {UnknownMigrationError} where another migration was begun
 */
export function requireKnown(
  book: ReadonlyMap<string, BookEntry>,
  known: Iterable<string>,
  file: string,
): void {
  const names = new Set(known);
  for (const name of book.keys()) {
    if (!names.has(name)) {
      throw new UnknownMigrationError(name, file);
    }
  }
}

/** Notes that a migration is applied, in the form in which Prisma writes it. */
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
