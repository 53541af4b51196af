import { migrate } from '@product-api/database';
import Libsql from 'libsql';
import { sampleDescription } from './product.js';

/** The products of `product.ts`, made by SQLite in one statement. */
const seedStatement = `
  WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?)
  INSERT INTO products
    (id, name, description, price_units, stock_quantity, created_at, updated_at)
  SELECT
    printf('%08x-0000-4000-8000-%012x', (n * 2654435761) % 4294967296, n),
    'Product ' || n, '${sampleDescription}', 10000 + (n % 5000) * 100, n % 500,
    1700000000000 + n, 1700000000000 + n
  FROM numbers`;

/** The log as the service leaves it once the products are old: the last entry alone, which shows how old. */
const pruneStatements = `
  DELETE FROM product_changes WHERE seq < (SELECT max(seq) FROM product_changes);
  UPDATE product_changes SET changed_at = 1700000000000`;

/** All that is done to a new database; whoever keeps one has to make it again when this changes. */
export const seedStatements = [seedStatement, pruneStatements].join(';');

/** Makes a database file of the service with that many products in it, closed and in one piece. */
export async function seedCatalog(path: string, rows: number): Promise<void> {
  await migrate({ url: `file:${path}` });
  const database = new Libsql(path);
  try {
    database.prepare(seedStatement).run(rows);
    database.exec(pruneStatements);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}
