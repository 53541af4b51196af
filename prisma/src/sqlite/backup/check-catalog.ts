import type Libsql from 'libsql';
import { BackupError } from '../../errors/database-errors.js';
import { migrationNames } from '../../migrations/migration-files.js';
import { requireKnownMigrations } from '../../migrations/pending-migrations.js';
import { readMigrationTable } from '../migrations/migration-table.js';
import { ownMigrations } from '../migrations/own-migrations.js';

const requiredTables = ['products', 'metadata', '_prisma_migrations'];

/**
 * Checks every page, row and index of a file, and that the file is a catalog of this version of the
 * service or an earlier one. No other process may have the file open.
 *
 * @returns the number of products
 * @throws {BackupError} when the file is not a valid catalog
 * @throws {UnknownMigrationError} when a newer version has migrated the catalog
 * @throws {Error} when not even the first page can be read: the driver's error
 */
export async function checkCatalog(database: Libsql.Database, file: string): Promise<number> {
  const finding = firstValue(database, 'PRAGMA integrity_check(1)');
  if (finding !== 'ok') {
    throw new BackupError(`${file} is damaged: ${String(finding).replaceAll(/\s+/g, ' ')}`);
  }
  for (const table of requiredTables) {
    if (firstValue(database, `SELECT count(*) FROM sqlite_schema WHERE name = '${table}'`) === 0) {
      throw new BackupError(`${file} is not a catalog: it has no table ${table}`);
    }
  }
  requireKnownMigrations(readMigrationTable(database), await migrationNames(ownMigrations), file);
  return Number(firstValue(database, 'SELECT count(*) FROM products'));
}

function firstValue(database: Libsql.Database, sql: string): unknown {
  return database.prepare(sql).pluck().all()[0];
}
