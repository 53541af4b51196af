import { expect, test } from 'vitest';
import { Prisma } from '../src/generated/sqlite/client.js';
import { newProduct } from './new-product.js';
import { describeDialects, temporaryDatabase } from './temporary-database.js';

/** Takes some 100 ms in SQLite. */
const long = Prisma.sql`
  WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 500000)
  SELECT count(*) AS count FROM numbers`;

describeDialects(({ open }) => {
  test('a slow read sees what was written before it, and takes values', async () => {
    const { client, slowRead } = await open();
    for (const name of ['Lamp', 'Desk', "O'Neil"]) {
      await client.product.create({ data: newProduct({ name }) });
      expect(
        await slowRead(Prisma.sql`SELECT name FROM products WHERE name = ${name} LIMIT ${1}`),
      ).toEqual([{ name }]);
    }
  });

  test('a slow read that fails leaves the next ones alone', async () => {
    const { slowRead } = await open();
    await expect(slowRead(Prisma.sql`SELECT unknown_column`)).rejects.toThrow('unknown_column');
    expect(await slowRead(Prisma.sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
  });
});

test('a slow read of SQLite lets the event loop go on', async () => {
  const { client, slowRead } = await temporaryDatabase();
  let isRead = false;
  const read = slowRead<{ count: number }>(long).then((rows) => {
    isRead = true;
    return rows;
  });
  let reads = 0;
  while (!isRead) {
    await client.product.findFirst();
    await new Promise(setImmediate);
    reads += 1;
  }
  expect(await read).toEqual([{ count: 500_000 }]);
  expect(reads).toBeGreaterThan(1);
});

test('too many slow reads of SQLite at once are refused as busy', async () => {
  const { slowRead, failureOf } = await temporaryDatabase();
  const reads = Array.from({ length: 65 }, () =>
    slowRead(Prisma.sql`SELECT 1 AS one`).catch((error: unknown) => failureOf(error)),
  );
  expect((await Promise.all(reads)).filter((result) => result === 'busy')).toHaveLength(1);
});
