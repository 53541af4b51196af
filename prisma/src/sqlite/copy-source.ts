import { existsSync } from 'node:fs';
import Libsql from 'libsql';
import type {
  ApiKeyRow,
  ChangeRow,
  CopySource,
  LedgerRow,
  MetadataRow,
  ProductRow,
} from '../copy/catalog-rows.js';
import { CopyError } from '../errors/database-errors.js';
import { retryWhileLocked } from './connection/retry-while-locked.js';
import { databaseFile } from './database-file.js';
import { translateFileErrors } from './translate-file-errors.js';

/** Milliseconds to wait for the writers of the catalog. */
const LOCK_TIMEOUT_MS = 5000;

/**
 * Requires that the catalog exists: `migrate` would create an empty one under a mistyped name.
 *
 * @throws {CopyError} when it does not
 */
export function requireCopySource(url: string): void {
  const file = databaseFile(url);
  if (!existsSync(file)) {
    throw new CopyError(`There is no database at ${file}: check --from`);
  }
}

/**
 * Opens a migrated catalog for a copy. Takes the write lock, so that nobody changes the catalog
 * meanwhile; reads go on.
 *
 * @throws {DatabaseFileError} when the file cannot be used, or stays locked
 */
export async function openCopySource(url: string): Promise<CopySource> {
  const file = databaseFile(url);
  const database = new Libsql(file);
  await translateFileErrors(file, () =>
    retryWhileLocked(() => database.exec('BEGIN IMMEDIATE'), LOCK_TIMEOUT_MS),
  ).catch((error: unknown) => {
    database.close();
    throw error;
  });
  const rows = (sql: string, ...values: unknown[]) =>
    database
      .prepare(sql)
      .raw()
      .all(...values) as unknown[];
  const first = (sql: string) => Number(database.prepare(sql).pluck().all()[0] ?? 0);
  return {
    countProducts: () => first('SELECT count(*) FROM products'),
    // The statements return these columns, and the constraints of the tables hold their types.
    readProducts: (after, limit) =>
      rows(
        `SELECT id, name, description, price_units, stock_quantity, version, created_at, updated_at
         FROM products WHERE id > ? ORDER BY id LIMIT ?`,
        after,
        limit,
      ) as ProductRow[],
    readChanges: (after, limit) =>
      rows(
        `SELECT seq, product_id, version, kind, changed_at,
           previous_name, previous_description, previous_price_units, previous_stock_quantity,
           previous_created_at, previous_updated_at, changed_by
         FROM product_changes
         WHERE seq > ? AND typeof(version) = 'integer' AND version BETWEEN 1 AND 9007199254740991
           AND typeof(changed_at) = 'integer' AND abs(changed_at) <= 8640000000000000
           AND product_id GLOB '????????-????-????-????-????????????'
           AND replace(product_id, '-', '') NOT GLOB '*[^0-9a-f]*'
         ORDER BY seq LIMIT ?`,
        after,
        limit,
      ) as ChangeRow[],
    readLedger: (after, limit) =>
      rows(
        `SELECT line_number, product_id, delta, quantity_after, reason, reference, at
         FROM stock_adjustments WHERE line_number > ? ORDER BY line_number LIMIT ?`,
        after,
        limit,
      ) as LedgerRow[],
    readApiKeys: () =>
      rows('SELECT id, hash, name, scopes, created_at, expires_at FROM api_keys') as ApiKeyRow[],
    lastChange: () => first("SELECT seq FROM sqlite_sequence WHERE name = 'product_changes'"),
    readMetadata: () =>
      rows("SELECT key, value FROM metadata WHERE key <> 'test_write'") as MetadataRow[],
    release() {
      database.exec('ROLLBACK');
      database.close();
    },
  };
}
