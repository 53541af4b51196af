import { copyFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newProduct } from '../../test/new-product.js';
import { connectTo, temporaryDatabase, temporaryFile } from '../../test/temporary-database.js';
import { DurabilityError } from '../errors/database-errors.js';
import { Prisma, type PrismaClient } from '../generated/sqlite/client.js';
import { openDatabase } from '../open-database.js';
import { sqliteFailure } from './sqlite-failure.js';

test('a product is read as it was written', async () => {
  const { client } = await temporaryDatabase();
  const product = newProduct({
    name: 'Lamp 💡',
    priceUnits: 999_999_999_999_999n,
    stockQuantity: 9_007_199_254_740_991n,
    createdAt: new Date('2026-01-02T03:04:05.678Z'),
  });
  await client.product.create({ data: product });
  expect(await client.product.findUnique({ where: { id: product.id } })).toEqual({
    ...product,
    version: 1n,
  });
});

test('times are stored as integers, in milliseconds', async () => {
  const { client, file } = await temporaryDatabase();
  await client.product.create({ data: newProduct({ createdAt: new Date(1_700_000_000_123) }) });
  const columns = 'typeof(created_at) AS type, created_at AS value';
  expect(connectTo(file).prepare(`SELECT ${columns} FROM products`).get()).toMatchObject({
    type: 'integer',
    value: 1_700_000_000_123,
  });
});

test('a page of a list is read from its index, without sorting', async () => {
  const { file } = await temporaryDatabase();
  const connection = connectTo(file);
  for (const column of ['name', 'price_units', 'stock_quantity', 'created_at', 'updated_at']) {
    const plan = connection
      .prepare(
        `EXPLAIN QUERY PLAN SELECT * FROM products
         WHERE (${column}, id) > (5, 'x') ORDER BY ${column}, id LIMIT 20`,
      )
      .all();
    expect(plan).toMatchObject([
      { detail: expect.stringContaining(`USING INDEX products_${column}_id_idx`) },
    ]);
  }
});

test('every commit is synced, also on the connection after an interactive transaction', async () => {
  const { client } = await temporaryDatabase();
  const synchronous = () => client.$queryRaw`PRAGMA synchronous`;
  const full = [{ synchronous: 2 }];
  expect(await synchronous()).toMatchObject(full);
  await client.$transaction(async (transaction) => {
    await transaction.product.create({ data: newProduct() });
  });
  expect(await synchronous()).toMatchObject(full);
});

test('a database that is not migrated is refused', async () => {
  const { url } = temporaryFile();
  await expect(openDatabase({ url })).rejects.toThrow(DurabilityError);
});

test('an open database can be read and written', async () => {
  const { check } = await temporaryDatabase();
  expect(await check()).toEqual({ state: 'ok' });
});

test('after closing, the database file alone has all data', async () => {
  const { client, file, close } = await temporaryDatabase();
  await client.product.create({ data: newProduct() });
  await close();
  const copy = temporaryFile();
  copyFileSync(file, copy.file);
  expect(connectTo(copy.file).prepare('SELECT name FROM products').all()).toHaveLength(1);
});

test('closing waits for the slow reads in progress', async () => {
  const database = await temporaryDatabase();
  const count = (limit: number) => Prisma.sql`
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${limit})
    SELECT count(*) AS count FROM numbers`;
  // The thread has started.
  expect(await database.slowRead(count(1))).toMatchObject([{ count: 1 }]);
  const reads = [database.slowRead(count(200_000)), database.slowRead(count(200_000))];
  await database.close();
  expect(await Promise.all(reads)).toMatchObject([[{ count: 200_000 }], [{ count: 200_000 }]]);
  await expect(database.slowRead(count(1))).rejects.toThrow('has ended');
});

test('a write waits for the lock of another process while reads continue', async () => {
  const { client, file } = await temporaryDatabase();
  const other = connectTo(file);
  other.exec('BEGIN IMMEDIATE');
  // Prisma runs a statement only when its promise is awaited or resolved.
  const writing = Promise.resolve(client.product.create({ data: newProduct() }));
  expect(await client.product.count()).toBe(0);
  other.exec('COMMIT');
  await writing;
  expect(await client.product.count()).toBe(1);
});

test('no other process can write between the first read of a transaction and its write', async () => {
  const { client, file } = await temporaryDatabase();
  const other = connectTo(file);
  await client.$transaction(async (transaction) => {
    expect(await transaction.product.count()).toBe(0);
    expect(() => other.exec("INSERT INTO metadata VALUES ('a', 'b')")).toThrow('locked');
    await transaction.product.create({ data: newProduct() });
  });
  expect(await client.product.count()).toBe(1);
});

test.each<[string, (client: PrismaClient) => Promise<unknown>]>([
  ['create', (client) => client.product.create({ data: newProduct() })],
  ['raw statement', (client) => client.$executeRaw`DELETE FROM products`],
  ['transaction', (client) => client.$transaction((inside) => inside.product.deleteMany())],
])('a %s fails as busy when the lock stays taken for too long', async (_, write) => {
  const { client, file } = await temporaryDatabase({ busyTimeoutMs: 30 });
  connectTo(file).exec('BEGIN IMMEDIATE');
  const started = performance.now();
  const failure = await write(client).catch((error: unknown) => error);
  expect(sqliteFailure(failure)).toBe('busy');
  expect(performance.now() - started).toBeGreaterThanOrEqual(30);
});

test('a write after a busy failure is committed', async () => {
  const { client, file } = await temporaryDatabase({ busyTimeoutMs: 0 });
  const other = connectTo(file);
  other.exec('BEGIN IMMEDIATE');
  await expect(client.product.create({ data: newProduct() })).rejects.toThrow('timed out');
  const transaction = client.$transaction((inside) => inside.product.deleteMany());
  expect(sqliteFailure(await transaction.catch((error: unknown) => error))).toBe('busy');
  other.exec('ROLLBACK');
  await client.product.create({ data: newProduct() });
  expect(other.prepare('SELECT id FROM products').all()).toHaveLength(1);
  other.exec('BEGIN IMMEDIATE');
});

test('a constraint failure is not a busy failure', async () => {
  const { client } = await temporaryDatabase();
  const product = newProduct();
  await client.product.create({ data: product });
  const failure = await client.product.create({ data: product }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'P2002' });
  expect(sqliteFailure(failure)).toBe('constraint');
  expect(sqliteFailure(undefined)).toBeUndefined();
});
