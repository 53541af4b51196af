import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseUrlError } from '../errors/database-errors.js';

const FILE_URL = /^file:(?:\/\/(?:localhost)?(?=\/)|(?!\/\/))(?<path>[^?#]+)$/;

/**
 * Returns the path in a `file:` URL, read as libSQL reads it: `file:data/a.db` is relative to the
 * working directory, `file:/data/a.db` and `file:///data/a.db` are absolute.
 *
 * @throws {DatabaseUrlError} when the URL does not name a file. An in-memory database is refused
 * too, because it would be lost with its connection.
 */
export function databaseFile(url: string): string {
  const path = percentDecode(FILE_URL.exec(url)?.groups?.['path']);
  if (path === undefined || path === ':memory:' || isUrl(path)) {
    throw new DatabaseUrlError();
  }
  return path;
}

/** Creates the folder of a database file when it is missing; SQLite does not create it. */
export async function createFolderOf(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
}

/**
 * Returns whether a path is itself a URL, as in `file:postgres://user:password@host/db`. Used as a
 * path, such a mistake would put the password into file names, logs and backups.
 */
function isUrl(path: string): boolean {
  const withoutDrive = path.replace(/^\/?[a-z]:(?=[\\/])/i, '');
  return path.includes('://') || /:.*@/s.test(withoutDrive);
}

function percentDecode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
