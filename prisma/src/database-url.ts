import type { Dialect } from './database.js';
import { databaseFile } from './sqlite/database-file.js';

/**
 * Returns the kind of database that a URL leads to.
 *
 * @throws {DatabaseUrlError} when the URL is not one of a supported database
 */
export function dialectOf(url: string): Dialect {
  databaseFile(url);
  return 'sqlite';
}
