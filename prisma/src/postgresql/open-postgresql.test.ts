import { eventually, startPgbouncer } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { sharedPostgresUrl } from '@product-api/testing/postgres';
import { expect, onTestFinished, test } from 'vitest';
import { newProduct } from '../../test/new-product.js';
import { openSession } from '../../test/open-session.js';
import {
  emptyPostgresqlUrl,
  postgresqlDatabases,
  type TestDatabase,
} from '../../test/temporary-database.js';
import type { DatabaseCondition } from '../database.js';
import { Prisma } from '../generated/sqlite/client.js';
import { migrate } from '../migrate.js';
import { openDatabase } from '../open-database.js';
import { seedSamples } from '../samples/seed-samples.js';

/** Ends the sessions of the service on its database, and returns how many were in a statement. */
async function endSessions({ sql }: TestDatabase, state = "'active', 'idle'"): Promise<number> {
  const ended = await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'product-api' AND state IN (${state})`);
  return ended.length;
}

describeWith('postgres')('an open PostgreSQL database', () => {
  const open = postgresqlDatabases();

  async function openWithProduct(options?: Parameters<typeof open>[0]) {
    const database = await open(options);
    const product = newProduct({
      name: 'Lamp 💡',
      priceUnits: 999_999_999_999_999n,
      stockQuantity: 9_007_199_254_740_991n,
      createdAt: new Date('2026-01-02T03:04:05.678Z'),
    });
    await database.client.product.create({ data: product });
    return { ...database, product };
  }

  test('a product is read as it was written', async () => {
    const { client, product } = await openWithProduct();
    const { id } = product;
    expect(await client.product.findUnique({ where: { id } })).toEqual({ ...product, version: 1n });
  });

  test('a database that was opened and not used leaves no session when it is closed', async () => {
    const database = await open();
    await database.close();
    const sessions = `SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'product-api'`;
    await eventually(async () => expect(await database.sql(sessions)).toEqual([]), {
      timeoutMs: 5000,
    });
  });

  test('a page of a list is read from its index, without sorting', async () => {
    const session = await openSession((await open()).url);
    await session.query('SET enable_seqscan = off; SET enable_bitmapscan = off');
    const { id } = newProduct();
    const values = { name: "'x'", price_units: '5', stock_quantity: '5', created_at: 'now()' };
    for (const [column, value] of Object.entries(values)) {
      const { rows } = await session.query(`EXPLAIN SELECT * FROM products
        WHERE (${column}, id) > (${value}, '${id}') ORDER BY ${column}, id LIMIT 20`);
      const text = JSON.stringify(rows);
      expect(text).toContain(`products_${column}_id_idx`);
      expect(text).not.toContain('Sort');
    }
  });

  test('a statement that a deadlock rolled back is sent again', async () => {
    const database = await open();
    const data = [newProduct(), newProduct()];
    await database.client.product.createMany({ data });
    const other = await openSession(database.url);
    const change = (id: string | undefined) =>
      other.query("UPDATE products SET name = 'other' WHERE id = $1", [id]);
    const ids = data.map(({ id }) => id).sort();
    // The service finds the deadlock first, and so is its victim.
    await other.query("SET deadlock_timeout = '1min'; BEGIN");
    await change(ids[1]);
    const writing = Promise.resolve(database.client.$executeRaw`
      WITH locked AS MATERIALIZED (SELECT id FROM products ORDER BY id FOR UPDATE)
      UPDATE products SET name = 'service' FROM locked WHERE products.id = locked.id`);
    await eventually(async () => (await waiting(database)) === 1);
    await change(ids[0]);
    await other.query('COMMIT');
    expect(await writing).toBe(2);
    expect(await database.client.product.count({ where: { name: 'service' } })).toBe(2);
  });

  test('a statement that could not be serialized is sent again', async () => {
    const database = await openWithProduct();
    const name = new URL(database.url).pathname.slice(1);
    await database.sql(
      `ALTER DATABASE ${name} SET default_transaction_isolation = 'repeatable read'`,
    );
    await endSessions(database);
    const other = await openSession(database.url);
    await other.query("BEGIN; UPDATE products SET name = 'other'");
    const writing = Promise.resolve(
      database.client.$executeRaw`UPDATE products SET description = 'service'`,
    );
    await eventually(async () => (await waiting(database)) === 1);
    await other.query('COMMIT');
    expect(await writing).toBe(1);
    expect(await database.client.product.findFirst()).toMatchObject({
      name: 'other',
      description: 'service',
      version: 3n,
    });
  });

  test('a read whose session ended is sent again', async () => {
    const database = await openWithProduct();
    const reading = Promise.resolve(
      database.client.$queryRaw`SELECT pg_sleep(1)::text AS slept, name FROM products`,
    );
    await eventually(async () => (await endSessions(database, "'active'")) === 1);
    expect(await reading).toMatchObject([{ name: 'Lamp 💡' }]);
  });

  test('a write whose session ended fails, and is not sent again', async () => {
    const database = await openWithProduct();
    const writing = Promise.resolve(
      database.client.$executeRaw`UPDATE products SET name = 'x' WHERE pg_sleep(2)::text = ''`,
    ).catch((error: unknown) => error);
    await eventually(async () => (await endSessions(database, "'active'")) === 1);
    expect(database.failureOf(await writing)).toBe('unreachable');
    expect(await database.client.product.findFirst()).toMatchObject({ version: 1n });
  });

  test('sessions that ended while they were idle are replaced', async () => {
    const database = await openWithProduct();
    expect(await endSessions(database)).toBeGreaterThan(0);
    expect(await database.client.product.count()).toBe(1);
  });

  test('a statement that waits for a lock for too long fails as busy', async () => {
    const { client, failureOf, busyReason, url } = await openWithProduct({ busyTimeoutMs: 100 });
    const other = await openSession(url);
    await other.query("BEGIN; UPDATE products SET name = 'other'");
    const failure = await client.product.deleteMany().catch((error: unknown) => error);
    expect(failureOf(failure)).toBe('busy');
    expect(busyReason(failure)).toMatch(/is busy \(.*statement timeout\): end the session that/);
  });

  test('while all connections are in use, statements and the check fail as busy', async () => {
    const { client, failureOf, check } = await open({ busyTimeoutMs: 300, poolSize: 1 });
    await client.$transaction(async () => {
      const failure = await client.product.count().catch((error: unknown) => error);
      expect(failureOf(failure)).toBe('busy');
      await expect(check()).rejects.toThrow(
        /PostgreSQL at .* is busy \(timeout exceeded.*raise DATABASE_POOL/,
      );
    });
    expect(await check()).toEqual({ state: 'ok' });
  });

  test('a database that becomes read-only is reported, and so is its recovery', async () => {
    const conditions: DatabaseCondition[] = [];
    const database = await openWithProduct({
      onCondition: (condition) => conditions.push(condition),
    });
    const name = new URL(database.url).pathname.slice(1);
    const setReadOnly = async (value: string) => {
      const session = await openSession(sharedPostgresUrl());
      await session.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${value}`);
      await session.query(
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
      // A read replaces the lost connection; a write on it would fail.
      await database.client.product.count();
    };
    await setReadOnly('on');
    // The first write may still meet a session that has ended.
    await eventually(async () => {
      const failure = await database.client.product.deleteMany().catch((error: unknown) => error);
      expect(database.failureOf(failure)).toBe('read-only');
    });
    expect(await database.check()).toMatchObject({ state: 'read-only' });
    expect(await database.client.product.count()).toBe(1);
    // It changes nothing, so it does not show that writes work.
    await database.transaction((statements) => statements.$queryRaw(Prisma.sql`SELECT 1`));
    expect(conditions.at(-1)?.state).toBe('read-only');
    await setReadOnly('off');
    await eventually(async () => (await database.check()).state === 'ok');
    expect(conditions.map(({ state }) => state).slice(-2)).toEqual(['read-only', 'ok']);
  });

  test('the change log and prompt reads do not wait for statements that wait for a lock', async () => {
    const database = await openWithProduct({ poolSize: 1 });
    const session = await openSession(database.url);
    await session.query('BEGIN; UPDATE products SET version = 2');
    let isDone = false;
    const waiting = database.client.product
      .deleteMany()
      .catch((error: unknown) => error)
      .finally(() => {
        isDone = true;
      });
    const one = Prisma.sql`SELECT 1 AS one`;
    expect(await database.promptReads.$queryRaw(one)).toEqual([{ one: 1 }]);
    expect(await database.changeLog.head()).toMatchObject({ seq: 1 });
    expect(isDone).toBe(false);
    await session.query('ROLLBACK');
    await waiting;
  });

  test('a transaction that loses its connection changes nothing, and the next one works', async () => {
    const database = await openWithProduct({ poolSize: 1 });
    const deleteAll = Prisma.sql`DELETE FROM products`;
    const lost = await database
      .transaction(async (statements) => {
        await statements.$executeRaw(deleteAll);
        expect(await endSessions(database, "'idle in transaction'")).toBe(1);
        await statements.$executeRaw(deleteAll);
      })
      .catch((error: unknown) => error);
    expect(database.failureOf(lost)).toBe('unreachable');
    await database.transaction(async (statements) => {
      expect(await statements.$executeRaw(deleteAll)).toBe(1);
    });
  });

  test('PgBouncer can give every statement another session', async () => {
    const bouncer = await startPgbouncer(sharedPostgresUrl());
    onTestFinished(() => bouncer.stop());
    const url = bouncer.urlOf(await emptyPostgresqlUrl());
    await migrate({ url });
    const database = await openDatabase({ url });
    expect(await seedSamples(database)).toBe(5);
    const reads = Array.from({ length: 200 }, (_, index) =>
      database.client.product.findMany({ skip: index % 5, take: 1, orderBy: { name: 'asc' } }),
    );
    expect((await Promise.all(reads)).flat()).toHaveLength(200);
    expect(await database.changeLog.head()).toMatchObject({ seq: 5 });
    const changes = Array.from({ length: 20 }, () =>
      database.transaction(async (statements) => {
        const rows = await statements.$queryRaw<unknown[]>(Prisma.sql`
          SELECT FROM products ORDER BY id FOR UPDATE`);
        expect(rows).toHaveLength(5);
        return statements.$executeRaw(Prisma.sql`UPDATE products SET version = version + 1`);
      }),
    );
    expect(await Promise.all(changes)).toEqual(Array(20).fill(5));
    await database.close();
  });
});

/** Returns how many sessions of the service wait for a lock. */
async function waiting({ sql }: TestDatabase): Promise<number> {
  const rows = await sql(`SELECT FROM pg_stat_activity WHERE datname = current_database()
    AND application_name = 'product-api' AND wait_event_type = 'Lock'`);
  return rows.length;
}
