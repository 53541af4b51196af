import { DatabaseUrlError } from '../errors/database-errors.js';

/** Returns whether a URL has the scheme of PostgreSQL. */
export function isPostgresqlUrl(url: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(url);
}

/**
 * Returns the words for the database of a URL in messages: its host and port, without user,
 * password and parameters.
 *
 * @throws {DatabaseUrlError} when the URL does not name a host and a database
 */
export function serverPlace(url: string): string {
  if (!isPostgresqlUrl(url) || !URL.canParse(url)) {
    throw new DatabaseUrlError();
  }
  const { host, hostname, pathname } = new URL(url);
  // An unescaped / ? or # in a password moves its rest into the path.
  if (hostname === '' || !/^\/[^/@]+$/.test(pathname)) {
    throw new DatabaseUrlError();
  }
  return `PostgreSQL at ${host}`;
}
