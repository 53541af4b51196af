import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** The names of the files that SQLite may keep beside a database, after the name of the database. */
export const sideFiles = ['-wal', '-shm', '-journal'] as const;

/** Writes a file to the disk and gives it another name there, in one step: all of it or nothing. */
export function renameDurably(from: string, to: string): void {
  sync(from);
  renameSync(from, to);
  // Windows cannot open a folder, and needs not.
  if (process.platform !== 'win32') {
    sync(dirname(to));
  }
}

/** Removes a database that is not finished, with what SQLite has put beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', ...sideFiles]) {
    rmSync(file + suffix, { force: true });
  }
}

/**
 * Gives a database, and what SQLite has put beside it, another name.
 * @returns whether there was any of these files
 */
export function moveDatabase(from: string, to: string): boolean {
  const present = ['', ...sideFiles].filter((suffix) => existsSync(from + suffix));
  for (const suffix of present) {
    renameSync(from + suffix, to + suffix);
  }
  return present.length > 0;
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
