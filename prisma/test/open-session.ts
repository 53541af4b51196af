import pg from 'pg';
import { onTestFinished } from 'vitest';

/** Opens a session on a PostgreSQL database, and ends it after the test. */
export async function openSession(url: string): Promise<pg.Client> {
  const session = new pg.Client({ connectionString: url });
  // A test may end the session from outside.
  session.on('error', () => undefined);
  await session.connect();
  onTestFinished(() => session.end());
  return session;
}

/** Inserts a product with this name, in a transaction that the session may have open. */
export async function insertProduct(session: pg.Client, name: string): Promise<void> {
  await session.query(
    `INSERT INTO products
       (id, name, description, price_units, stock_quantity, created_at, updated_at)
     VALUES (gen_random_uuid(), $1, '', 1, 1, now(), now())`,
    [name],
  );
}
