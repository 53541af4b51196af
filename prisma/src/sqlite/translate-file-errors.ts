import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseError, DatabaseFileError } from '../errors/database-errors.js';
import { sqliteFailure } from './sqlite-failure.js';

/**
 * Runs an action on a database file, and translates errors of the file system and of SQLite into an
 * error that says what to do.
 *
 * @throws {DatabaseFileError} when the file cannot be used
 */
export async function translateFileErrors<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const explanation = cause instanceof DatabaseError ? undefined : explain(file, cause);
    throw explanation === undefined ? cause : new DatabaseFileError(explanation, { cause });
  }
}

function explain(file: string, error: unknown): string | undefined {
  const detail = error instanceof Error ? error.message : String(error);
  switch (sqliteFailure(error)) {
    case 'corrupt':
      return damagedFileMessage(file, detail);
    case 'busy':
      return `${file} is locked by another process (${detail}). Stop that process, or start again later.`;
    case 'full':
      return `${file} cannot be written (${detail}). Free some space on its disk and start again.`;
    case 'read-only':
    case 'io':
      return `${file} cannot be opened (${detail}): ${findObstacle(file)}`;
    default:
      return isFileSystemError(error) ? `${file} cannot be opened: ${detail}` : undefined;
  }
}

/** Returns the message for a file that is not a valid database. */
export function damagedFileMessage(file: string, detail: string): string {
  return (
    `${file} is damaged or is not a database (${detail.replaceAll(/\s+/g, ' ')}). ` +
    'Check DATABASE_URL, or restore a backup: npm run restore -- FILE'
  );
}

/** Asks the file system why SQLite could not open a file: SQLite reports only that it failed. */
function findObstacle(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    return 'it is a directory. Name a file in DATABASE_URL.';
  }
  const folder = dirname(file);
  if (!isWritable(folder)) {
    return `the folder ${folder} is read-only, but SQLite keeps files beside the database. Give the user of the service write access to the folder.`;
  }
  if (!isWritable(file)) {
    return 'it is read-only. Give the user of the service write access to it.';
  }
  return 'check the file, its folder and its disk.';
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
