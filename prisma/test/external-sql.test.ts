import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findSqlite3 } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { expect, test } from 'vitest';
import { newProduct } from './new-product.js';
import { temporaryDatabase } from './temporary-database.js';

const run = promisify(execFile);

describeWith('sqlite3')("SQL from the system's own sqlite3", () => {
  test('a creation, a change and a deletion are logged with their time', async () => {
    const { changeLog, file } = await temporaryDatabase();
    const sqlite3 = await findSqlite3();
    const { id } = newProduct();
    const before = Date.now();
    await run(sqlite3, [
      file,
      `INSERT INTO products
         (id, name, description, price_units, stock_quantity, created_at, updated_at)
       VALUES ('${id}', 'Lamp', '', 1, 0, 0, 0);
       UPDATE products SET stock_quantity = 7;
       DELETE FROM products;`,
    ]);
    const changes = await changeLog.read(0, 10);
    expect(changes.map(({ kind, version }) => `${kind} ${version}`)).toEqual([
      'create 1',
      'update 2',
      'delete 3',
    ]);
    for (const { changedAt } of changes) {
      // SQLite reads the clock in whole milliseconds, rounded down.
      expect(changedAt?.getTime()).toBeGreaterThanOrEqual(before - 1);
      expect(changedAt?.getTime()).toBeLessThanOrEqual(Date.now());
    }
  });
});

const LARGEST_VERSION = 9_007_199_254_740_990n;

test('a version that JavaScript cannot represent is refused', async () => {
  const { client } = await temporaryDatabase();
  await client.product.create({ data: newProduct() });
  for (const version of ['9007199254740991', '9223372036854775807', "'abc'", '1.5', '0']) {
    await expect(
      client.$executeRawUnsafe(`UPDATE products SET version = ${version}, name = 'Torch'`),
      version,
    ).rejects.toThrow('products_version_is_below_2_to_53');
  }
});

test('a product with the largest version can still be deleted', async () => {
  const { client, changeLog } = await temporaryDatabase();
  await client.product.create({ data: newProduct({ version: LARGEST_VERSION }) });
  await client.product.deleteMany();
  const [, deletion] = await changeLog.read(0, 10);
  expect(deletion).toMatchObject({ kind: 'delete', version: Number.MAX_SAFE_INTEGER });
});
