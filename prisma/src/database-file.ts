import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseUrlError } from './errors/database-url-error.js';

const fileUrl = /^file:(?:\/\/(?:localhost)?(?=\/)|(?!\/\/))(?<path>[^?#]+)$/;

/**
 * The path of the file that a `file:` URL names, read as libSQL reads it: `file:data/a.db` is
 * relative to the working directory, `file:/data/a.db` and `file:///data/a.db` are absolute.
 *
 * @throws {DatabaseUrlError} for any other URL, one in memory too: it would be lost with its connection
 */
export function databaseFile(url: string): string {
  const path = percentDecoded(fileUrl.exec(url)?.groups?.['path']);
  if (path === undefined || path === ':memory:' || isUrl(path)) {
    throw new DatabaseUrlError();
  }
  return path;
}

/** Makes the folder of a database file where it is missing, which SQLite does not. */
export async function makeFolderOf(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
}

/** `file:postgres://user:password@host/db` is a mistake: as a path it would be made, logged and backed up. */
function isUrl(path: string): boolean {
  const withoutDrive = path.replace(/^\/?[a-z]:(?=[\\/])/i, '');
  return path.includes('://') || /:.*@/s.test(withoutDrive);
}

function percentDecoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
