import { randomUUID } from 'node:crypto';
import type Libsql from 'libsql';
import type { Migration } from '../../migrations/migration-files.js';
import type { AppliedMigrations } from '../../migrations/pending-migrations.js';

interface MigrationRow {
  readonly name: string;
  readonly checksum: string;
  /** 0 or 1. */
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
export function readMigrationTable(database: Libsql.Database): AppliedMigrations {
  const rows = database
    .prepare(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    )
    .all();
  // The query selects these columns, and the table declares their types.
  const migrations = rows as MigrationRow[];
  return new Map(
    migrations.map(({ name, checksum, finished }) => [
      name,
      { name, checksum, isFinished: finished === 1 },
    ]),
  );
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
