import { randomUUID } from 'node:crypto';
import type { Database, Dialect } from '../database.js';
import { Prisma } from '../generated/sqlite/client.js';
import { type SampleProduct, sampleProducts } from './sample-products.js';

/** The metadata key that marks a database as seeded, whether or not it got samples. */
const SEEDED_KEY = 'samples_seeded';

/**
 * Adds the sample products to an empty catalog, once: a deleted sample does not come back, and a
 * catalog that has products at the first call never gets samples. When several processes call this
 * at the same time, the samples are created once.
 *
 * @param now the samples' time of creation; default: the current time
 * @returns the number of products that this call created
 */
export async function seedSamples(
  { client, dialect }: Pick<Database, 'client' | 'dialect'>,
  now = new Date(),
): Promise<number> {
  const seeded = await client.metadata.findUnique({ where: { key: SEEDED_KEY } });
  if (seeded !== null) {
    return 0;
  }
  const rows = sampleProducts.map((product) => ({ ...product, id: randomUUID() }));
  const created = await client.$executeRaw(insertIntoEmptyCatalog[dialect](rows, now));
  await client.$executeRaw`
    INSERT INTO metadata (key, value) VALUES (${SEEDED_KEY}, ${now.toISOString()})
    ON CONFLICT (key) DO NOTHING`;
  return created;
}

type InsertSamples = (rows: readonly (SampleProduct & { id: string })[], now: Date) => Prisma.Sql;

/**
 * Checks and creates in a single statement, so that no other process can write in between. A crash
 * after it is harmless: the next call finds products, and only sets the mark.
 */
const insertIntoEmptyCatalog: Readonly<Record<Dialect, InsertSamples>> = {
  sqlite: (rows, now) => Prisma.sql`
    INSERT INTO products
      (id, name, description, price_units, stock_quantity, created_at, updated_at)
    SELECT
      value ->> 'id', value ->> 'name', value ->> 'description', value ->> 'priceUnits',
      value ->> 'stockQuantity', ${now.getTime()}, ${now.getTime()}
    FROM json_each(${JSON.stringify(rows)})
    WHERE NOT EXISTS (SELECT 1 FROM products)
      AND NOT EXISTS (SELECT 1 FROM metadata WHERE key = ${SEEDED_KEY})`,

  // Other processes can write meanwhile, so the mark decides: of two insertions of one key, the
  // second waits for the commit of the first.
  postgresql: (rows, now) => Prisma.sql`
    WITH mark AS (
      INSERT INTO metadata (key, value) VALUES (${SEEDED_KEY}, ${now.toISOString()})
      ON CONFLICT (key) DO NOTHING RETURNING key
    )
    INSERT INTO products
      (id, name, description, price_units, stock_quantity, created_at, updated_at)
    SELECT
      id, name, description, "priceUnits", "stockQuantity",
      ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    FROM mark, json_to_recordset(${JSON.stringify(rows)}::json) AS sample
      (id uuid, name text, description text, "priceUnits" bigint, "stockQuantity" bigint)
    WHERE NOT EXISTS (SELECT 1 FROM products)`,
};
