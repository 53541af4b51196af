import { existsSync, statSync } from 'node:fs';
import Libsql from 'libsql';
import { databaseFile } from '../database-file.js';
import { explainingFileErrors } from '../errors/database-file-error.js';
import { BackupError } from './backup-error.js';
import { removeDatabase, renameDurably, sideFiles } from './durable-files.js';
import { requireCatalog } from './require-catalog.js';
import { isSameFile } from './same-file.js';

/** What to back up, and where to. */
export interface BackUpOptions {
  /** The `file:` URL of the database. */
  readonly url: string;
  /** The path of the new file. */
  readonly target: string;
  /** Whether a file at the target is replaced, once the backup is complete. Default: false. */
  readonly overwrite?: boolean;
}

/** A backup that was made. */
export interface Backup {
  readonly products: number;
  readonly bytes: number;
}

/**
 * Copies the catalog as it is at one moment, while services go on to read and write it. The copy is
 * one file, which is checked and on the disk before it has its name.
 *
 * @throws {BackupError} where the target exists, or either file is not a sound catalog
 * @throws {DatabaseFileError} where a file cannot be read or written
 */
export async function backUp({ url, target, overwrite = false }: BackUpOptions): Promise<Backup> {
  const file = databaseFile(url);
  requireSource(file);
  requireFreeTarget(file, target, overwrite);
  const unfinished = `${target}.unfinished`;
  try {
    removeDatabase(unfinished);
    await explainingFileErrors(file, async () => copyConsistently(file, unfinished));
    const products = await explainingFileErrors(unfinished, () => inspect(unfinished));
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
  const inUse = ['', ...sideFiles].map((suffix) => file + suffix);
  if (inUse.some((path) => isSameFile(path, target))) {
    throw new BackupError(`${target} belongs to the database itself: name another file`);
  }
  if (existsSync(target) && !overwrite) {
    throw new BackupError(`${target} exists: name another file, or add --overwrite`);
  }
}

/** In one read transaction, and without the pages that are free. */
function copyConsistently(file: string, target: string): void {
  const database = new Libsql(file);
  try {
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    database.close();
  }
}

async function inspect(file: string): Promise<number> {
  const database = new Libsql(file);
  try {
    return await requireCatalog(database, file);
  } finally {
    database.close();
  }
}
