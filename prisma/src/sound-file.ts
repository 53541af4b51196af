import { statSync } from 'node:fs';
import type Libsql from 'libsql';
import { DatabaseFileError, damaged } from './errors/database-file-error.js';

/** A file up to this size, some 120,000 products, is checked in 3 s at the most. */
const smallBytes = 64 * 1024 * 1024;

/**
 * Returns whether a write-ahead log with content lies beside the file: after a crash, where a file was
 * copied over another one, or while another process uses the database.
 */
export function hasLeftoverLog(file: string): boolean {
  return sizeOf(`${file}-wal`) > 0;
}

/**
 * Checks that a file is a sound database. A small file has its pages checked, and after an unclean end
 * its indexes too, since a log that belongs to another file damages those first. A large file has its
 * pages checked after an unclean end, in 6 s for a million products, and else is only opened.
 *
 * @param isUnclean whether `hasLeftoverLog` before the file was opened
 * @throws {DatabaseFileError} where it is damaged
 * @throws the driver's error, which says so where not even the first page can be read
 */
export function requireSoundFile(
  database: Libsql.Database,
  file: string,
  isUnclean: boolean,
): void {
  database.exec('SELECT name FROM sqlite_schema');
  const isSmall = sizeOf(file) <= smallBytes;
  if (!isSmall && !isUnclean) {
    return;
  }
  const check = isSmall && isUnclean ? 'integrity_check' : 'quick_check';
  const finding: unknown = database.prepare(`PRAGMA ${check}(1)`).pluck().all()[0];
  if (finding !== 'ok') {
    throw new DatabaseFileError(damaged(file, String(finding)));
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
