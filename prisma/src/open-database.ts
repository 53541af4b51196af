import type { Database, OpenDatabaseOptions } from './database.js';
import { dialectOf } from './database-url.js';
import { openSqlite } from './sqlite/open-sqlite.js';

/**
 * Opens a database that `migrate` has prepared.
 *
 * @throws {DatabaseUrlError} when the URL is not one of a supported database
 * @throws {DurabilityError} when a SQLite file or its disk could lose an acknowledged write
 * @throws {DatabaseServerError} when the server cannot be used, or is a standby
 * @throws {UnknownMigrationError} when a newer version has migrated the database
 * @throws {DatabaseFileError} when the file cannot be opened or is not a database
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  if (dialectOf(options.url) === 'sqlite') {
    return openSqlite(options);
  }
  // Loaded when it is used: its driver would take a tenth of a second of every start.
  const { openPostgresql } = await import('./postgresql/open-postgresql.js');
  return openPostgresql(options);
}
