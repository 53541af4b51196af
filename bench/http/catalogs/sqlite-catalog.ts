import { existsSync } from 'node:fs';
import { constants, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { indexProducts, migrate, openDatabase, storedWords } from '@product-api/database';
import Libsql from 'libsql';
import { CREATED_AT, product } from '../product.js';

const INSERT_PRODUCT = `
  INSERT INTO products
    (id, name, description, price_units, stock_quantity, created_at, updated_at, search_number)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

const INSERT_ENTRY = `
  INSERT INTO product_search_entries (number, product_id, is_current, name_words, description_words)
  VALUES (?, ?, true, ?, ?)`;

const INSERT_WORDS = 'INSERT INTO product_search (rowid, name, description) VALUES (?, ?, ?)';

/** The indexes and triggers that cost more with each row than when they are created at the end. */
const SELECT_SLOW = `
  SELECT type, name, sql FROM sqlite_schema
  WHERE tbl_name = 'products' AND type IN ('index', 'trigger') AND sql IS NOT NULL`;

/** Where a database is copied to. */
export interface CopyOptions {
  /** Keeps the original for the next copy. */
  readonly folder: string;
  /** The file of the copy. */
  readonly path: string;
  /** Receives a line when the original is created. */
  readonly onProgress: (text: string) => void;
}

/** Writes a database with this many products to a file. */
export async function copySqlite(
  products: number,
  { folder, path, onProgress }: CopyOptions,
): Promise<void> {
  const original = join(folder, `${products}.db`);
  if (!existsSync(original)) {
    onProgress(`creates a SQLite database with ${products} products`);
    await createCatalog(products, original);
  }
  await copyFile(original, path, constants.COPYFILE_FICLONE);
}

/**
 * Creates all products but the last with what the service would store for them. The last one is
 * created by its statement, so that the change log has one entry, as it has once all are old.
 */
async function createCatalog(products: number, path: string): Promise<void> {
  const last = products - 1;
  await migrate({ url: `file:${path}` });
  const database = new Libsql(path);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; BEGIN');
  // The statement returns these columns.
  const slow = database.prepare(SELECT_SLOW).all() as { type: string; name: string; sql: string }[];
  for (const { type, name } of slow) {
    database.exec(`DROP ${type} ${name}`);
  }
  insertProducts(database, 0, last);
  insertWords(database, last);
  for (const { sql } of slow) {
    database.exec(sql);
  }
  insertProducts(database, last, products);
  database.exec(`
    UPDATE product_changes SET changed_at = ${CREATED_AT};
    COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`);
  database.close();
  const indexed = await openDatabase({ url: `file:${path}` });
  await indexProducts(indexed);
  await indexed.close();
}

function insertProducts(database: Libsql.Database, first: number, end: number): void {
  const insert = database.prepare(INSERT_PRODUCT);
  for (let n = first; n < end; n++) {
    const { id, name, description, price, stock_quantity } = product(n);
    const time = CREATED_AT + n;
    insert.run(
      id,
      name,
      description,
      Math.round(price * 10_000),
      stock_quantity,
      time,
      time,
      n + 1,
    );
  }
}

function insertWords(database: Libsql.Database, end: number): void {
  const words = storedWords.sqlite;
  const insertEntry = database.prepare(INSERT_ENTRY);
  const insertIntoIndex = database.prepare(INSERT_WORDS);
  for (let n = 0; n < end; n++) {
    const { id, name, description } = product(n);
    const texts = [words.name(name), words.description(description)];
    insertEntry.run(n + 1, id, ...texts);
    insertIntoIndex.run(n + 1, ...texts);
  }
  database.exec(`INSERT INTO product_search (product_search) VALUES ('optimize')`);
}
