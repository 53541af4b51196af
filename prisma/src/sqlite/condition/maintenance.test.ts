import { eventually } from '@product-api/testing';
import { expect, test } from 'vitest';
import { newProduct } from '../../../test/new-product.js';
import { connectTo, temporaryDatabase } from '../../../test/temporary-database.js';
import type { DatabaseCondition } from '../../database.js';

const WAL_LIMIT_BYTES = 256 * 1024;

test('a write-ahead log that grew during a long read is truncated after it', async () => {
  const { client, file, walBytes } = await temporaryDatabase({ walLimitBytes: WAL_LIMIT_BYTES });
  const reader = connectTo(file);
  reader.exec('BEGIN; SELECT * FROM products');
  for (let round = 0; round < 20; round++) {
    const data = Array.from({ length: 50 }, () => newProduct({ description: 'x'.repeat(1000) }));
    await client.product.createMany({ data });
  }
  expect(walBytes()).toBeGreaterThan(WAL_LIMIT_BYTES);
  reader.exec('COMMIT');
  await eventually(() => walBytes() === 0);
  expect(await client.product.count()).toBe(1000);
});

test('a full database is reported, and so is its recovery', async () => {
  const conditions: DatabaseCondition[] = [];
  const { client, check } = await temporaryDatabase({
    onCondition: (condition) => conditions.push(condition),
  });
  const description = 'x'.repeat(10_000);
  const data = Array.from({ length: 50 }, () => newProduct({ description }));
  // SQLite raises this limit to the current size.
  await client.$queryRaw`PRAGMA max_page_count = 1`;
  await expect(client.product.createMany({ data })).rejects.toThrow('database or disk is full');
  expect(conditions).toMatchObject([{ state: 'full' }]);
  await eventually(async () => (await check()).state === 'ok');
  expect(conditions.map(({ state }) => state)).toEqual(['full', 'ok']);
  // The limit belonged to a connection that was replaced.
  await client.product.createMany({ data });
  expect(await client.product.count()).toBe(50);
  expect(await client.metadata.findUnique({ where: { key: 'test_write' } })).toBeNull();
});
