import { resolve } from 'node:path';
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

/**
 * Returns a database URL with the path of its file made absolute, from the working directory. The
 * URL of a server is returned as it is.
 *
 * @throws {DatabaseUrlError} when the URL is not one of a supported database
 */
export function absoluteDatabaseUrl(url: string): string {
  if (dialectOf(url) === 'postgresql') {
    return url;
  }
  const path = resolve(databaseFile(url));
  return `file:${path.replace(/[%?#]/g, encodeURIComponent)}`;
}
