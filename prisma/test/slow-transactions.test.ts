import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Database } from '../src/database.js';
import { Prisma } from '../src/generated/sqlite/client.js';
import { connectTo, describeDialects, temporaryDatabase } from './temporary-database.js';

const setValue = (key: string, value: string) => Prisma.sql`
  INSERT INTO metadata (key, value) VALUES (${key}, ${value})
  ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

async function storedValue({ client }: Pick<Database, 'client'>, key: string) {
  return (
    await client.$queryRaw<{ value: string }[]>`
    SELECT value FROM metadata WHERE key = ${key}`
  )[0]?.value;
}

/** Takes some 100 ms in SQLite. */
const long = Prisma.sql`
  WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 500000)
  SELECT count(*) AS count FROM numbers`;

describeDialects(({ open }) => {
  test('a slow transaction is committed as a whole, or not at all', async () => {
    const database = await open();
    const changed = await database.slowTransaction(async (transaction) => {
      expect(await transaction.$executeRaw(setValue('a', '1'))).toBe(1);
      return transaction.$queryRaw(Prisma.sql`SELECT value FROM metadata WHERE key = ${'a'}`);
    });
    expect(changed).toEqual([{ value: '1' }]);
    const failed = database.slowTransaction(async (transaction) => {
      await transaction.$executeRaw(setValue('a', '2'));
      await transaction.$queryRaw(Prisma.sql`SELECT unknown_column`);
    });
    await expect(failed).rejects.toThrow();
    const abandoned = database.slowTransaction(async (transaction) => {
      await transaction.$executeRaw(setValue('a', '3'));
      throw new Error('abandoned');
    });
    await expect(abandoned).rejects.toThrow('abandoned');
    expect(await storedValue(database, 'a')).toBe('1');
  });

  test('a row that a constraint refuses is a failure of that kind', async () => {
    const { slowTransaction, failureOf } = await open();
    const failed = slowTransaction((transaction) =>
      transaction.$executeRaw(Prisma.sql`UPDATE metadata SET value = NULL`),
    ).catch((error: unknown) => failureOf(error));
    expect(await failed).toBe('constraint');
  });

  test('slow transactions and writes that begin together are all committed', async () => {
    const database = await open();
    const add = Prisma.sql`UPDATE metadata SET value = value || '.' WHERE key = 'a'`;
    await database.client.$executeRaw(setValue('a', ''));
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        await Promise.all([
          database.slowTransaction((transaction) => transaction.$executeRaw(add)),
          database.client.$executeRaw(add),
          database.transaction((transaction) => transaction.$executeRaw(add)),
        ]);
      }),
    );
    expect(await storedValue(database, 'a')).toBe('.'.repeat(30));
  });
});

test('reads of SQLite go on during a slow transaction, and writes come before the next one', async () => {
  const database = await temporaryDatabase();
  const { client, slowTransaction } = database;
  await client.$executeRaw(setValue('order', ''));
  const add = (name: string) =>
    Prisma.sql`UPDATE metadata SET value = value || ${name} WHERE key = 'order'`;
  let isCommitted = false;
  const first = slowTransaction(async (transaction) => {
    await transaction.$queryRaw(long);
    await transaction.$executeRaw(add('slow '));
  }).then(() => {
    isCommitted = true;
  });
  const next = slowTransaction((transaction) => transaction.$executeRaw(add('next')));
  // Prisma runs a statement when somebody waits for it.
  const write = Promise.all([client.$executeRaw(add('write '))]);
  let reads = 0;
  while (!isCommitted) {
    await client.product.findFirst();
    await nextTurn();
    reads += 1;
  }
  await Promise.all([first, next, write]);
  expect(await storedValue(database, 'order')).toBe('slow write next');
  expect(reads).toBeGreaterThan(1);
});

test('a slow transaction of SQLite waits for the lock of another process, and not for ever', async () => {
  const { file, slowTransaction, failureOf } = await temporaryDatabase({ busyTimeoutMs: 300 });
  const other = connectTo(file);
  const write = () =>
    slowTransaction((transaction) => transaction.$executeRaw(setValue('a', '1'))).catch(
      (error: unknown) => failureOf(error),
    );
  other.exec('BEGIN IMMEDIATE');
  expect(await write()).toBe('busy');
  const waiting = write();
  await nextTurn();
  other.exec('ROLLBACK');
  expect(await waiting).toBe(1);
});

test('closing SQLite rolls a slow transaction back', async () => {
  const { slowTransaction, close, failureOf, sql } = await temporaryDatabase();
  const transaction = slowTransaction(async (statements) => {
    await statements.$executeRaw(setValue('a', '1'));
    void close();
    await statements.$queryRaw(long);
  }).catch((error: unknown) => failureOf(error));
  expect(await transaction).toBe('busy');
  expect(await sql("SELECT value FROM metadata WHERE key = 'a'")).toEqual([]);
});
