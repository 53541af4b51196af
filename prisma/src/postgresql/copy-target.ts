import pg from 'pg';
import type { CopyTarget, ProductRow } from '../copy/catalog-rows.js';
import { CopyError } from '../errors/database-errors.js';
import { connectionSettings, requirePrimary } from './connection-pool.js';
import { serverPlace } from './server-place.js';
import { translateServerErrors } from './server-requirements.js';

const CONNECTION_TIMEOUT_MS = 5000;

/**
 * Opens a migrated, empty database as the target of a copy, in one transaction.
 *
 * @throws {CopyError} when it is not empty
 * @throws {DatabaseServerError} when the server cannot be used
 */
export async function openCopyTarget(url: string): Promise<CopyTarget> {
  const place = serverPlace(url);
  const client = new pg.Client(connectionSettings({ url, timeoutMs: CONNECTION_TIMEOUT_MS }));
  // A lost connection also fails the statement that is in progress.
  client.on('error', () => undefined);
  await translateServerErrors(place, async () => {
    try {
      await client.connect();
      await requirePrimary(client, place);
      await begin(client, place);
    } catch (error) {
      await client.end();
      throw error;
    }
  });
  return copyTarget(client);
}

async function begin(client: pg.Client, place: string): Promise<void> {
  await client.query('BEGIN');
  await client.query('SET LOCAL statement_timeout = 0');
  await client.query(
    'LOCK TABLE products, product_changes, stock_adjustments, api_keys IN EXCLUSIVE MODE',
  );
  const { rows } = await client.query(
    `SELECT EXISTS (SELECT FROM products) OR EXISTS (SELECT FROM product_changes)
       OR EXISTS (SELECT FROM stock_adjustments) OR EXISTS (SELECT FROM api_keys) AS used`,
  );
  if (rows[0].used) {
    throw new CopyError(`The database of ${place} has products or API keys: name an empty one`);
  }
  // The log is copied, too.
  await client.query('ALTER TABLE products DISABLE TRIGGER products_log_create');
}

function copyTarget(client: pg.Client): CopyTarget {
  return {
    async writeProducts(rows) {
      await client.query(INSERT_PRODUCTS, [JSON.stringify(rows)]);
    },
    async writeChanges(rows) {
      await client.query(INSERT_CHANGES, [JSON.stringify(rows)]);
    },
    async writeLedger(rows) {
      await client.query(INSERT_LEDGER, [JSON.stringify(rows)]);
      await client.query(CONTINUE_LEDGER, [rows.at(-1)?.[0]]);
    },
    async writeApiKeys(rows) {
      await client.query(INSERT_API_KEYS, [JSON.stringify(rows)]);
    },
    async writeMetadata(lastChange, rows) {
      const all = [...rows, ['last_change', String(lastChange)]];
      await client.query(UPSERT_METADATA, [JSON.stringify(all)]);
    },
    async readProducts(after, limit) {
      const { rows } = await client.query<{ row: string }>(SELECT_PRODUCTS, [after, limit]);
      // The statement builds this array.
      return rows.map(({ row }) => JSON.parse(row) as ProductRow);
    },
    async commit() {
      await client.query('ALTER TABLE products ENABLE ALWAYS TRIGGER products_log_create');
      await client.query('COMMIT');
    },
    close: () => client.end(),
  };
}

const INSERT_PRODUCTS = `
  INSERT INTO products
    (id, name, description, price_units, stock_quantity, version, created_at, updated_at)
  SELECT
    (value ->> 0)::uuid, value ->> 1, value ->> 2, (value ->> 3)::bigint, (value ->> 4)::bigint,
    (value ->> 5)::bigint, to_timestamp((value ->> 6)::float8 / 1000),
    to_timestamp((value ->> 7)::float8 / 1000)
  FROM jsonb_array_elements($1::jsonb)`;

const INSERT_CHANGES = `
  INSERT INTO product_changes (
    seq, product_id, version, kind, changed_at,
    previous_name, previous_description, previous_price_units, previous_stock_quantity,
    previous_created_at, previous_updated_at, changed_by
  )
  SELECT
    (value ->> 0)::bigint, (value ->> 1)::uuid, (value ->> 2)::bigint, value ->> 3,
    to_timestamp((value ->> 4)::float8 / 1000),
    value ->> 5, value ->> 6, (value ->> 7)::bigint, (value ->> 8)::bigint,
    to_timestamp((value ->> 9)::float8 / 1000), to_timestamp((value ->> 10)::float8 / 1000),
    value ->> 11
  FROM jsonb_array_elements($1::jsonb)`;

const INSERT_LEDGER = `
  INSERT INTO stock_adjustments
    (line_number, product_id, delta, quantity_after, reason, reference, at)
  SELECT
    (value ->> 0)::bigint, (value ->> 1)::uuid, (value ->> 2)::bigint, (value ->> 3)::bigint,
    value ->> 4, value ->> 5, to_timestamp((value ->> 6)::float8 / 1000)
  FROM jsonb_array_elements($1::jsonb)`;

/**
 * New lines get numbers above those that were copied. No index has the highest number of all lines.
 */
const CONTINUE_LEDGER = `SELECT setval('stock_adjustments_line_number_seq', $1::bigint)`;

const INSERT_API_KEYS = `
  INSERT INTO api_keys (id, hash, name, scopes, created_at, expires_at)
  SELECT
    value ->> 0, value ->> 1, value ->> 2, value ->> 3,
    to_timestamp((value ->> 4)::float8 / 1000), to_timestamp((value ->> 5)::float8 / 1000)
  FROM jsonb_array_elements($1::jsonb)`;

const UPSERT_METADATA = `
  INSERT INTO metadata (key, value)
  SELECT value ->> 0, value ->> 1 FROM jsonb_array_elements($1::jsonb)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

const SELECT_PRODUCTS = `
  SELECT json_build_array(
    id, name, description, price_units, stock_quantity, version,
    (extract(epoch FROM created_at) * 1000)::bigint, (extract(epoch FROM updated_at) * 1000)::bigint
  )::text AS row
  FROM products WHERE id > $1 ORDER BY id LIMIT $2`;
