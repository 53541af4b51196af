import type { Dialect } from './database.js';
import { isPostgresqlUrl, serverPlace } from './postgresql/server-place.js';
import { databaseFile } from './sqlite/database-file.js';

/**
 * Returns the kind of database that a URL leads to.
 *
 * @throws {DatabaseUrlError} when the URL is not one of a supported database
 */
export function dialectOf(url: string): Dialect {
  if (isPostgresqlUrl(url)) {
    serverPlace(url);
    return 'postgresql';
  }
  databaseFile(url);
  return 'sqlite';
}
