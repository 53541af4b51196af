import { mkdtempSync, rmSync } from 'node:fs';
import { constants, copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@product-api/database';
import Libsql from 'libsql';
import { product, productId, SAMPLE_DESCRIPTION } from './product.js';

const INSERT = `
  INSERT INTO products
    (id, name, description, price_units, stock_quantity, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

/** When the products were created, in milliseconds; old enough for the change log to be pruned. */
const CREATED_AT = 1_700_000_000_000;

/** Leaves the change log as the service leaves it once all products are old: its last entry alone. */
const PRUNE = `
  DELETE FROM product_changes WHERE seq < (SELECT max(seq) FROM product_changes);
  UPDATE product_changes SET changed_at = ${CREATED_AT}`;

const catalogs = new Map<number, Promise<string>>();
let folder: string | undefined;

/** Writes a database file with this many products to `path`. This process keeps the original. */
export async function copyCatalog(products: number, path: string): Promise<void> {
  const catalog = catalogs.get(products) ?? createCatalog(products);
  catalogs.set(products, catalog);
  await copyFile(await catalog, path, constants.COPYFILE_FICLONE);
}

async function createCatalog(products: number): Promise<string> {
  if (folder === undefined) {
    const created = mkdtempSync(join(tmpdir(), 'product-api-bench-'));
    process.once('exit', () => rmSync(created, { recursive: true, force: true }));
    folder = created;
  }
  const path = join(folder, `${products}.db`);
  await migrate({ url: `file:${path}` });
  const database = new Libsql(path);
  const insert = database.prepare(INSERT);
  database.exec('BEGIN');
  for (let n = 0; n < products; n++) {
    const { name, price, stock_quantity } = product(n);
    const priceUnits = Math.round(price * 10_000);
    const time = CREATED_AT + n;
    insert.run(productId(n), name, SAMPLE_DESCRIPTION, priceUnits, stock_quantity, time, time);
  }
  database.exec('COMMIT');
  database.exec(PRUNE);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return path;
}
