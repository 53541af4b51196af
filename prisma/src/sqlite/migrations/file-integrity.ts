import { statSync } from 'node:fs';
import type Libsql from 'libsql';
import { DatabaseFileError } from '../../errors/database-errors.js';
import { damagedFileMessage } from '../translate-file-errors.js';

/** Files up to this size, some 120,000 products, are checked in at most 3 s. */
const SMALL_FILE_BYTES = 64 * 1024 * 1024;

/**
 * Returns whether there is a non-empty write-ahead log beside the file: after a crash, after a file
 * was copied over another one, or while another process uses the database.
 */
export function hasPendingWal(file: string): boolean {
  return sizeOf(`${file}-wal`) > 0;
}

/**
 * Checks that a file is a valid database. A small file has its pages checked, and after an unclean
 * stop its indexes too, because the log of another file damages those first. A large file has its
 * pages checked only after an unclean stop, in 6 s for a million products.
 *
 * @param isUnclean what `hasPendingWal` returned before the file was opened
 * @throws {DatabaseFileError} when the file is damaged
 * @throws {Error} when not even the first page can be read: the driver's error
 */
export function checkFileIntegrity(
  database: Libsql.Database,
  file: string,
  isUnclean: boolean,
): void {
  database.exec('SELECT name FROM sqlite_schema');
  const isSmall = sizeOf(file) <= SMALL_FILE_BYTES;
  if (!isSmall && !isUnclean) {
    return;
  }
  const check = isSmall && isUnclean ? 'integrity_check' : 'quick_check';
  const finding: unknown = database.prepare(`PRAGMA ${check}(1)`).pluck().all()[0];
  if (finding !== 'ok') {
    throw new DatabaseFileError(damagedFileMessage(file, String(finding)));
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
