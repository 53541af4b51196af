import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { databaseFailure } from '../condition/database-failure.js';
import { DatabaseError } from './database-error.js';

/** The database file cannot be opened, or is not a sound database. */
export class DatabaseFileError extends DatabaseError {
  override readonly name = 'DatabaseFileError';
}

/**
 * Runs what opens a database file.
 * @throws {DatabaseFileError} in place of an error of the file system or of SQLite about the file
 */
export async function explainingFileErrors<T>(file: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    const explanation = cause instanceof DatabaseError ? undefined : explain(file, cause);
    throw explanation === undefined ? cause : new DatabaseFileError(explanation, { cause });
  }
}

function explain(file: string, error: unknown): string | undefined {
  const detail = error instanceof Error ? error.message : String(error);
  switch (databaseFailure(error)) {
    case 'corrupt':
      return damaged(file, detail);
    case 'busy':
      return `${file} is locked by another process (${detail}). End that process, or start again later.`;
    case 'full':
      return `${file} cannot be written (${detail}). Free some space on its disk and start again.`;
    case 'read-only':
    case 'io':
      return `${file} cannot be opened (${detail}): ${obstacleTo(file)}`;
    default:
      return isFileSystemError(error) ? `${file} cannot be opened: ${detail}` : undefined;
  }
}

/** Says that a file is not a sound database, and what to do. */
export function damaged(file: string, detail: string): string {
  return (
    `${file} is damaged or is not a database (${detail.replaceAll(/\s+/g, ' ')}). ` +
    'Check DATABASE_URL, or restore a backup: npm run restore -- FILE'
  );
}

/** SQLite tells only that it failed; the file system knows why. */
function obstacleTo(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    return 'it is a directory. Name a file in DATABASE_URL.';
  }
  const folder = dirname(file);
  if (!isWritable(folder)) {
    return `the folder ${folder} is read-only, and SQLite keeps files beside the database. Let the user of the service write the folder.`;
  }
  if (!isWritable(file)) {
    return 'it is read-only. Let the user of the service write it.';
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
