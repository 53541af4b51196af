import { indexProducts, migrate, openDatabase, storedWords } from '@product-api/database';
import { startPostgres } from '@product-api/testing';
import pg from 'pg';
import { CREATED_AT, product } from '../product.js';
import { moveToCore, treeCpuMicros } from '../run/machine.js';
import type { Catalog } from './catalog.js';

/** A PostgreSQL server that copies its databases for one measurement each. */
export interface PostgresCatalogs {
  copy(products: number): Promise<Catalog>;
  stop(): Promise<void>;
}

/** A commit is on the disk, as with SQLite; the rest are the server's defaults. */
const durable = { fsync: 'on', full_page_writes: 'on', shared_buffers: '128MB' };

const PRODUCTS_AT_ONCE = 5000;

const INSERT_PRODUCTS = `
  INSERT INTO products
    (id, name, description, price_units, stock_quantity, created_at, updated_at)
  SELECT
    id, name, description, round(price * 10000), stock_quantity,
    to_timestamp(at::float8 / 1000), to_timestamp(at::float8 / 1000)
  FROM json_to_recordset($1::json) AS product (
    id uuid, name text, description text, price numeric, stock_quantity bigint, at bigint
  )`;

const INSERT_ENTRIES = `
  INSERT INTO product_search_entries
    (product_id, is_current, version, name_words, description_words)
  SELECT id, true, 1, name_words::tsvector, description_words::tsvector
  FROM json_to_recordset($1::json) AS product (id uuid, name_words text, description_words text)`;

/** The indexes that cost more with each row than when they are created at the end. */
const SELECT_INDEXES = `
  SELECT indexname AS name, indexdef AS sql FROM pg_indexes
  WHERE tablename IN ('products', 'product_search_entries') AND indexname NOT LIKE '%_pkey'`;

/** All triggers of the table, which every session obeys. */
const SELECT_TRIGGERS = `
  SELECT tgname AS name FROM pg_trigger WHERE tgrelid = 'products'::regclass AND tgenabled = 'A'`;

/**
 * Starts the server. Its databases have the products of the SQLite files.
 *
 * @param onProgress receives a line when a database with new products is created
 */
export async function startPostgresCatalogs(
  core: number | undefined,
  onProgress: (text: string) => void,
): Promise<PostgresCatalogs> {
  const server = await startPostgres({ settings: durable });
  if (core !== undefined) {
    await moveToCore(core, server.pid);
  }
  const urlOf = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
  const originals = new Map<number, Promise<string>>();
  let copies = 0;

  async function createOriginal(products: number): Promise<string> {
    const name = `catalog_${products}`;
    onProgress(`creates a PostgreSQL database with ${products} products`);
    await run(server.url, `CREATE DATABASE ${name}`);
    await fill(urlOf(name), products);
    return name;
  }

  return {
    async copy(products) {
      const original = originals.get(products) ?? createOriginal(products);
      originals.set(products, original);
      const name = `copy_${copies++}`;
      await run(server.url, `CREATE DATABASE ${name} TEMPLATE ${await original}`);
      await run(server.url, 'CHECKPOINT');
      return {
        url: urlOf(name),
        serverMicros: () => treeCpuMicros(server.pid),
        remove: () => run(server.url, `DROP DATABASE ${name} WITH (FORCE)`),
      };
    },
    stop: server.stop,
  };
}

/**
 * Creates all products but the last with what the service would store for them. The last one is
 * created with all triggers, so that the change log has one entry, as it has once all are old.
 */
async function fill(url: string, products: number): Promise<void> {
  await migrate({ url });
  await connected(url, async (client) => {
    await client.query(`
      SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET max_parallel_workers = 0`);
    const indexes = await client.query<{ name: string; sql: string }>(SELECT_INDEXES);
    const triggers = await client.query<{ name: string }>(SELECT_TRIGGERS);
    for (const { name } of indexes.rows) {
      await client.query(`DROP INDEX ${name}`);
    }
    await client.query('ALTER TABLE products DISABLE TRIGGER USER');
    await insertProducts(client, products - 1);
    for (const { name } of triggers.rows) {
      await client.query(`ALTER TABLE products ENABLE ALWAYS TRIGGER ${name}`);
    }
    for (const { sql } of indexes.rows) {
      await client.query(sql);
    }
    await client.query(INSERT_PRODUCTS, [JSON.stringify([rowOf(products - 1)])]);
  });
  const database = await openDatabase({ url });
  // This numbers the log.
  await database.changeLog.head();
  await indexProducts(database);
  await database.close();
  await run(
    url,
    `UPDATE product_changes SET changed_at = to_timestamp(${CREATED_AT}::float8 / 1000)`,
  );
  await run(url, 'VACUUM ANALYZE');
}

async function insertProducts(client: pg.Client, end: number): Promise<void> {
  for (let first = 0; first < end; first += PRODUCTS_AT_ONCE) {
    const length = Math.min(PRODUCTS_AT_ONCE, end - first);
    const rows = JSON.stringify(Array.from({ length }, (_, index) => rowOf(first + index)));
    await client.query(INSERT_PRODUCTS, [rows]);
    await client.query(INSERT_ENTRIES, [rows]);
  }
}

/** Returns a product with its time and its words. */
function rowOf(n: number) {
  const { name, description, ...row } = product(n);
  const words = storedWords.postgresql;
  return {
    ...{ ...row, name, description, at: CREATED_AT + n },
    name_words: words.name(name),
    description_words: words.description(description),
  };
}

async function run(url: string, sql: string): Promise<void> {
  await connected(url, (client) => client.query(sql));
}

async function connected(url: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
