import { copyFileSync, existsSync, statSync } from 'node:fs';
import Libsql from 'libsql';
import { databaseFailure } from '../condition/database-failure.js';
import { databaseFile, makeFolderOf } from '../database-file.js';
import { explainingFileErrors } from '../errors/database-file-error.js';
import { BackupError } from './backup-error.js';
import { moveDatabase, removeDatabase, renameDurably } from './durable-files.js';
import { requireCatalog } from './require-catalog.js';
import { isSameFile } from './same-file.js';

/** What to restore, and from where. */
export interface RestoreOptions {
  /** The `file:` URL of the database, which no process may have open. */
  readonly url: string;
  /** The path of the backup, which is not changed. */
  readonly source: string;
}

/** A backup that was restored. */
export interface Restored {
  readonly products: number;
  /** The path at which the former database is kept; undefined where there was none. */
  readonly former: string | undefined;
}

/**
 * Puts a backup in the place of the database. The restored database has a new id, so that caches
 * forget what they have of the former one.
 *
 * @throws {BackupError} where the backup is not a sound catalog, or a process has the database open
 * @throws {UnknownMigrationError} where the backup is from a newer version
 * @throws {DatabaseFileError} where a file cannot be read or written
 */
export async function restore({ url, source }: RestoreOptions): Promise<Restored> {
  const file = databaseFile(url);
  requireBackup(source, file);
  const unfinished = `${file}.restoring`;
  try {
    await makeFolderOf(file);
    removeDatabase(unfinished);
    copyFileSync(source, unfinished);
    const products = await explainingFileErrors(source, () => prepare(unfinished, source));
    const former = await explainingFileErrors(file, async () => replace(file, unfinished));
    return { products, former };
  } finally {
    removeDatabase(unfinished);
  }
}

function requireBackup(source: string, file: string): void {
  if (!statSync(source, { throwIfNoEntry: false })?.isFile()) {
    throw new BackupError(`There is no backup at ${source}`);
  }
  if (isSameFile(source, file)) {
    throw new BackupError(`${source} is the database itself`);
  }
  if ((statSync(`${source}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new BackupError(
      `${source} is in use, or was not closed: ${source}-wal has changes that it does not have. ` +
        `Make a backup of it first, with DATABASE_URL=file:${source}`,
    );
  }
}

/** Checks a copy of the backup, and gives it a new id. */
async function prepare(copy: string, source: string): Promise<number> {
  const database = new Libsql(copy);
  try {
    const products = await requireCatalog(database, source);
    // A file without a write-ahead log can be renamed alone.
    database.exec('PRAGMA journal_mode = DELETE');
    database.exec(
      "UPDATE metadata SET value = lower(hex(randomblob(16))) WHERE key = 'database_id'",
    );
    return products;
  } finally {
    database.close();
  }
}

/** Keeps the database locked until the new one is in its place. */
function replace(file: string, restored: string): string | undefined {
  const former = `${file}.before-restore-${new Date().toISOString().replaceAll(/[:.]/g, '')}`;
  const lock = existsSync(file) ? lockExclusively(file) : undefined;
  try {
    const isKept = moveDatabase(file, former);
    renameDurably(restored, file);
    return isKept ? former : undefined;
  } finally {
    lock?.close();
  }
}

/**
 * Takes the lock that every open connection to a database in WAL mode shares, and moves the
 * write-ahead log into the file. A damaged database cannot be locked, and is moved as it is.
 */
function lockExclusively(file: string): Libsql.Database | undefined {
  const database = new Libsql(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    database.exec('PRAGMA journal_mode = DELETE');
    return database;
  } catch (error) {
    database.close();
    switch (databaseFailure(error)) {
      case 'corrupt':
        return undefined;
      case 'busy':
        throw new BackupError(
          `${file} is in use. Stop every service and program that has it open, and restore again`,
        );
      default:
        throw error;
    }
  }
}
