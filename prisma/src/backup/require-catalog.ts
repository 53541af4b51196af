import type Libsql from 'libsql';
import { readBook, requireKnown } from '../migration-book.js';
import { migrationNames, ownMigrations } from '../migration-files.js';
import { BackupError } from './backup-error.js';

const tables = ['products', 'metadata', '_prisma_migrations'];

/**
 * Checks every page, row and index of a file that this process alone has open, and that they are a
 * catalog of this version of the service or an earlier one.
 *
 * @returns how many products it has
 * @throws {BackupError} where it is not a sound catalog
 * @throws {UnknownMigrationError} where it is from a newer version
 * @throws the driver's error where not even the first page can be read
 */
export async function requireCatalog(database: Libsql.Database, file: string): Promise<number> {
  const finding = firstValue(database, 'PRAGMA integrity_check(1)');
  if (finding !== 'ok') {
    throw new BackupError(`${file} is damaged: ${String(finding).replaceAll(/\s+/g, ' ')}`);
  }
  for (const table of tables) {
    if (firstValue(database, `SELECT count(*) FROM sqlite_schema WHERE name = '${table}'`) === 0) {
      throw new BackupError(`${file} is not a catalog: it has no table ${table}`);
    }
  }
  requireKnown(readBook(database), await migrationNames(ownMigrations), file);
  return Number(firstValue(database, 'SELECT count(*) FROM products'));
}

function firstValue(database: Libsql.Database, sql: string): unknown {
  return database.prepare(sql).pluck().all()[0];
}
