import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { DatabaseOptions } from '../database.js';
import { FailedMigrationError } from '../errors/migration-errors.js';
import { type Migration, readMigrations } from '../migrations/migration-files.js';
import { type AppliedMigrations, pendingMigrations } from '../migrations/pending-migrations.js';
import { connectionSettings, requirePrimary } from './connection-pool.js';
import { serverPlace } from './server-place.js';
import { requireSupportedServer, translateServerErrors } from './server-requirements.js';

/** The folder with this package's migrations for PostgreSQL. */
export const ownPostgresqlMigrations = fileURLToPath(
  new URL('../../postgresql/migrations', import.meta.url),
);

/**
 * The advisory lock that `prisma migrate deploy` takes:
 * https://www.prisma.io/docs/orm/prisma-migrate/workflows/development-and-production#advisory-locking
 */
const PRISMA_LOCK = 72_707_369;

/**
 * Milliseconds that a migration waits for a lock on a table. While it waits, every later statement
 * on the table waits behind it.
 */
const TABLE_LOCK_MS = 10_000;

interface MigratePostgresqlOptions extends DatabaseOptions {
  /** Default: the folder of this package. */
  readonly migrationsFolder?: string;
}

/**
 * Implements `migrate` for PostgreSQL. Processes that start at the same time wait for each other.
 */
export async function migratePostgresql({
  url,
  busyTimeoutMs: timeoutMs = 5000,
  migrationsFolder = ownPostgresqlMigrations,
}: MigratePostgresqlOptions): Promise<string[]> {
  const place = serverPlace(url);
  const migrations = await readMigrations(migrationsFolder);
  const client = new pg.Client(connectionSettings({ url, timeoutMs }));
  // A lost connection also fails the statement that is in progress.
  client.on('error', () => undefined);
  return await translateServerErrors(place, async () => {
    try {
      await client.connect();
      await requirePrimary(client, place);
      await requireSupportedServer(client, place);
      return await applyInTransaction(client, migrations, place);
    } finally {
      await client.end();
    }
  });
}

async function applyInTransaction(
  client: pg.Client,
  migrations: readonly Migration[],
  place: string,
): Promise<string[]> {
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    await client.query('SET LOCAL statement_timeout = 0');
    // The lock ends with the transaction: PgBouncer may give the next one another connection.
    await client.query('SELECT pg_advisory_xact_lock($1)', [PRISMA_LOCK]);
    await client.query(`SET LOCAL lock_timeout = ${TABLE_LOCK_MS}`);
    await createMigrationTable(client);
    const pending = pendingMigrations(migrations, await readMigrationTable(client), place);
    for (const migration of pending) {
      await apply(client, migration);
    }
    await client.query('COMMIT');
    return pending.map(({ name }) => name);
  } catch (error) {
    // Fails only if the connection is lost, which rolls back too.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Creates the table in which Prisma's own commands record migrations, with the same columns. */
async function createMigrationTable(client: pg.Client): Promise<void> {
  await client.query(`
    CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      "id"                  VARCHAR(36) PRIMARY KEY NOT NULL,
      "checksum"            VARCHAR(64) NOT NULL,
      "finished_at"         TIMESTAMPTZ,
      "migration_name"      VARCHAR(255) NOT NULL,
      "logs"                TEXT,
      "rolled_back_at"      TIMESTAMPTZ,
      "started_at"          TIMESTAMPTZ NOT NULL DEFAULT now(),
      "applied_steps_count" INTEGER NOT NULL DEFAULT 0
    )`);
}

/** Reads the migrations that were started and not rolled back, by name. */
export async function readMigrationTable(
  client: Pick<pg.Client, 'query'>,
): Promise<AppliedMigrations> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  return new Map(
    rows.map(({ name, checksum, finished }) => [name, { name, checksum, isFinished: finished }]),
  );
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    // Without parameters, one message can have many statements.
    await client.query(sql);
  } catch (error) {
    throw new FailedMigrationError(name, error);
  }
  await client.query(
    `INSERT INTO _prisma_migrations
       (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), now(), 1)`,
    [randomUUID(), checksum, name],
  );
}
