import { existsSync, statSync } from 'node:fs';
import Libsql from 'libsql';
import { BackupError } from '../../errors/database-errors.js';
import { databaseFile } from '../database-file.js';
import { translateFileErrors } from '../translate-file-errors.js';
import { checkCatalog } from './check-catalog.js';
import { isSameFile, removeDatabase, renameDurably, sideFileSuffixes } from './files.js';

/** Options of a backup. */
export interface BackUpOptions {
  /** The `file:` URL of the database. */
  readonly url: string;
  /** The path of the backup file. */
  readonly target: string;
  /** Whether to replace an existing target once the backup is complete. Default: false. */
  readonly overwrite?: boolean;
}

/** A completed backup. */
export interface Backup {
  readonly products: number;
  readonly bytes: number;
}

/**
 * Copies the catalog as it is at one moment, while services keep reading and writing it. The copy
 * is a single file; it gets its final name only after it was checked and synced to the disk.
 *
 * @throws {BackupError} when the target exists, or one of the files is not a valid catalog
 * @throws {DatabaseFileError} when a file cannot be read or written
 */
export async function backUp({ url, target, overwrite = false }: BackUpOptions): Promise<Backup> {
  const file = databaseFile(url);
  requireSource(file);
  requireFreeTarget(file, target, overwrite);
  const unfinished = `${target}.unfinished`;
  try {
    removeDatabase(unfinished);
    await translateFileErrors(file, async () => copyConsistently(file, unfinished));
    const products = await translateFileErrors(unfinished, () => countProducts(unfinished));
    const bytes = statSync(unfinished).size;
    renameDurably(unfinished, target);
    return { products, bytes };
  } finally {
    removeDatabase(unfinished);
  }
}

function requireSource(file: string): void {
  if (!existsSync(file)) {
    throw new BackupError(`There is no database at ${file}: check DATABASE_URL`);
  }
}

function requireFreeTarget(file: string, target: string, overwrite: boolean): void {
  const inUse = ['', ...sideFileSuffixes].map((suffix) => file + suffix);
  if (inUse.some((path) => isSameFile(path, target))) {
    throw new BackupError(`${target} belongs to the database itself: name another file`);
  }
  if (existsSync(target) && !overwrite) {
    throw new BackupError(`${target} exists: name another file, or add --overwrite`);
  }
}

/** Copies in one read transaction; `VACUUM` leaves out unused pages. */
function copyConsistently(file: string, target: string): void {
  const database = new Libsql(file);
  try {
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    database.close();
  }
}

async function countProducts(file: string): Promise<number> {
  const database = new Libsql(file);
  try {
    return await checkCatalog(database, file);
  } finally {
    database.close();
  }
}
