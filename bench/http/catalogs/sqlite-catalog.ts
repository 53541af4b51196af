import { existsSync } from 'node:fs';
import { constants, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { indexProducts, migrate, openDatabase } from '@product-api/database';
import Libsql from 'libsql';
import { CREATED_AT, product } from '../product.js';

const INSERT = `
  INSERT INTO products
    (id, name, description, price_units, stock_quantity, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

/**
 * Leaves the change log as the service leaves it once all products are old: its last entry alone.
 */
const PRUNE = `
  DELETE FROM product_changes WHERE seq < (SELECT max(seq) FROM product_changes);
  UPDATE product_changes SET changed_at = ${CREATED_AT}`;

/**
 * Writes a database with this many products to `path`; `folder` keeps the original for the next.
 */
export async function copySqlite(products: number, folder: string, path: string): Promise<void> {
  const original = join(folder, `${products}.db`);
  if (!existsSync(original)) {
    await createCatalog(products, original);
  }
  await copyFile(original, path, constants.COPYFILE_FICLONE);
}

async function createCatalog(products: number, path: string): Promise<void> {
  await migrate({ url: `file:${path}` });
  const database = new Libsql(path);
  const insert = database.prepare(INSERT);
  database.exec('BEGIN');
  for (let n = 0; n < products; n++) {
    const { id, name, description, price, stock_quantity } = product(n);
    const time = CREATED_AT + n;
    insert.run(id, name, description, Math.round(price * 10_000), stock_quantity, time, time);
  }
  database.exec(`COMMIT; ${PRUNE}; PRAGMA wal_checkpoint(TRUNCATE)`);
  database.close();
  const indexed = await openDatabase({ url: `file:${path}` });
  await indexProducts(indexed);
  await indexed.close();
}
