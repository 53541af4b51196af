import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs';
import Libsql from 'libsql';
import { BackupError } from '../../errors/database-errors.js';
import { createFolderOf, databaseFile } from '../database-file.js';
import { sqliteFailure } from '../sqlite-failure.js';
import { translateFileErrors } from '../translate-file-errors.js';
import { checkCatalog } from './check-catalog.js';
import { isSameFile, moveDatabase, removeDatabase, renameDurably } from './files.js';

/** Options of a restore. */
export interface RestoreOptions {
  /** The `file:` URL of the database. No process may have it open. */
  readonly url: string;
  /** The path of the backup. The file is not changed. */
  readonly source: string;
}

/** A completed restore. */
export interface Restored {
  readonly products: number;
  /** The path of the previous database, which is kept; undefined when there was none. */
  readonly former: string | undefined;
}

/**
 * Replaces the database by a backup. The restored database gets a new id, so that caches drop the
 * entries of the previous one.
 *
 * @throws {BackupError} when the backup is not a valid catalog, or a process has the database open
 * @throws {UnknownMigrationError} when the backup is from a newer version
 * @throws {DatabaseFileError} when a file cannot be read or written
 */
export async function restore({ url, source }: RestoreOptions): Promise<Restored> {
  const file = databaseFile(url);
  requireBackup(source, file);
  const unfinished = `${file}.restoring`;
  try {
    await createFolderOf(file);
    removeDatabase(unfinished);
    copyFileSync(source, unfinished);
    const products = await translateFileErrors(source, () => prepareCopy(unfinished, source));
    const former = await translateFileErrors(file, async () => replaceDatabase(file, unfinished));
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
    throw new BackupError(`${source} is the database itself: name a backup`);
  }
  if ((statSync(`${source}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new BackupError(
      `${source} is in use, or was not closed: ${source}-wal has changes that are not in it yet. ` +
        `Back it up first, with DATABASE_URL=file:${source}, and restore that backup`,
    );
  }
}

/** Checks a copy of the backup, gives it a new id, and returns the number of its products. */
async function prepareCopy(copy: string, source: string): Promise<number> {
  const database = new Libsql(copy);
  try {
    const products = await checkCatalog(database, source);
    // Without a write-ahead log, the database is one file, which can be renamed atomically.
    database.exec('PRAGMA journal_mode = DELETE');
    database.exec(
      "UPDATE metadata SET value = lower(hex(randomblob(16))) WHERE key = 'database_id'",
    );
    return products;
  } catch (error) {
    throw sqliteFailure(error) === 'corrupt'
      ? new BackupError(`${source} is not a catalog, or is damaged: name another backup`)
      : error;
  } finally {
    database.close();
  }
}

/** Holds the lock of the database until the restored one has replaced it. */
function replaceDatabase(file: string, restored: string): string | undefined {
  const former = `${file}.before-restore-${new Date().toISOString().replaceAll(/[:.]/g, '')}`;
  const lock = existsSync(file) ? lockExclusively(file) : undefined;
  try {
    const isKept = moveDatabase(file, former);
    renameDurably(restored, file);
    return isKept ? former : undefined;
  } finally {
    if (lock) {
      lock.close();
      // SQLite removes these empty files only under the names that they had before.
      rmSync(`${former}-shm`, { force: true });
      rmSync(`${former}-journal`, { force: true });
    }
  }
}

/**
 * Takes the lock that every open connection to a database in WAL mode shares, and merges the
 * write-ahead log into the file. A damaged database cannot be locked; it is moved without a lock.
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
    switch (sqliteFailure(error)) {
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
