import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The suffixes of the files that SQLite may keep beside a database. */
export const sideFileSuffixes = ['-wal', '-shm', '-journal'] as const;

/** Syncs a file to the disk and renames it there, in one atomic step. */
export function renameDurably(from: string, to: string): void {
  sync(from);
  renameSync(from, to);
  // Windows cannot open a folder, and does not need it to be synced.
  if (process.platform !== 'win32') {
    sync(dirname(to));
  }
}

/** Removes a database and its side files. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', ...sideFileSuffixes]) {
    rmSync(file + suffix, { force: true });
  }
}

/**
 * Renames a database and its side files.
 *
 * @returns whether any of the files existed
 */
export function moveDatabase(from: string, to: string): boolean {
  const present = ['', ...sideFileSuffixes].filter((suffix) => existsSync(from + suffix));
  for (const suffix of present) {
    renameSync(from + suffix, to + suffix);
  }
  return present.length > 0;
}

/** Returns whether two paths lead to the same file; false when one of the files does not exist. */
export function isSameFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) =>
    statSync(path, { bigint: true, throwIfNoEntry: false }),
  );
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
