import type { Database, OpenDatabaseOptions } from './database.js';
import { dialectOf } from './database-url.js';
import { openPostgresql } from './postgresql/open-postgresql.js';
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
export function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const openDialect = { sqlite: openSqlite, postgresql: openPostgresql }[dialectOf(options.url)];
  return openDialect(options);
}
