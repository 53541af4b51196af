import { indexProducts, migrate, openDatabase } from '@product-api/database';
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

const INSERT = `
  INSERT INTO products
    (id, name, description, price_units, stock_quantity, created_at, updated_at)
  SELECT
    id, name, description, round(price * 10000), stock_quantity,
    to_timestamp(at::float8 / 1000), to_timestamp(at::float8 / 1000)
  FROM json_to_recordset($1::json) AS product (
    id uuid, name text, description text, price numeric, stock_quantity bigint, at bigint
  )`;

/**
 * Leaves the change log as the service leaves it once all products are old: its last entry alone.
 */
const PRUNE = `
  DELETE FROM product_changes WHERE seq < (SELECT max(seq) FROM product_changes);
  UPDATE product_changes SET changed_at = to_timestamp(${CREATED_AT}::float8 / 1000)`;

/** Starts the server. Its databases have the products of the SQLite files. */
export async function startPostgresCatalogs(core: number | undefined): Promise<PostgresCatalogs> {
  const server = await startPostgres({ settings: durable });
  if (core !== undefined) {
    await moveToCore(core, server.pid);
  }
  const urlOf = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
  const originals = new Map<number, Promise<string>>();
  let copies = 0;

  async function createOriginal(products: number): Promise<string> {
    const name = `catalog_${products}`;
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

async function fill(url: string, products: number): Promise<void> {
  await migrate({ url });
  for (let first = 0; first < products; first += PRODUCTS_AT_ONCE) {
    const length = Math.min(PRODUCTS_AT_ONCE, products - first);
    const rows = Array.from({ length }, (_, index) => {
      const n = first + index;
      return { ...product(n), at: CREATED_AT + n };
    });
    await run(url, INSERT, [JSON.stringify(rows)]);
  }
  const database = await openDatabase({ url });
  // This numbers the log.
  await database.changeLog.head();
  await indexProducts(database);
  await database.close();
  await run(url, PRUNE);
  await run(url, 'VACUUM ANALYZE');
}

async function run(url: string, sql: string, values?: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql, values);
  } finally {
    await client.end();
  }
}
