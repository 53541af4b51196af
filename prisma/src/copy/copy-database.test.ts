import { existsSync } from 'node:fs';
import { freePort } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { runSql } from '@product-api/testing/postgres';
import { expect, onTestFinished, test } from 'vitest';
import { newProduct } from '../../test/new-product.js';
import {
  emptyPostgresqlUrl,
  temporaryDatabase,
  temporaryFile,
} from '../../test/temporary-database.js';
import type { Database } from '../database.js';
import { CopyError } from '../errors/database-errors.js';
import { openDatabase } from '../open-database.js';
import { copyDatabase } from './copy-database.js';

async function catalogWithHistory() {
  const source = await temporaryDatabase({ busyTimeoutMs: 0 });
  const data = Array.from({ length: 1500 }, (_, index) =>
    newProduct({ name: `Lamp 💡 ${index}`, createdAt: new Date(1_790_000_000_000 + index) }),
  );
  await source.client.product.createMany({ data });
  await source.sql("UPDATE products SET description = 'Bright' WHERE name LIKE '%7'");
  await source.sql("UPDATE products SET stock_quantity = 5 WHERE name LIKE '%3'");
  await source.sql("DELETE FROM products WHERE name LIKE '%13'");
  const key = { id: 'k7Qm2xVd9TzR', hash: 'A'.repeat(43), name: 'shop', scopes: 'admin' };
  const createdAt = new Date(1_790_000_000_123);
  await source.sql("UPDATE product_changes SET changed_by = 'k7Qm2xVd9TzR' WHERE kind = 'delete'");
  await source.changeLog.prune({ before: 1001, olderThanMs: 0, keepAtMost: 1 });
  await source.client.apiKey.createMany({
    data: [
      { ...key, createdAt },
      { ...key, id: '000000000000', createdAt, expiresAt: new Date(1_890_000_000_456) },
    ],
  });
  return source;
}

/** Returns the words of all names that the search finds. */
async function indexedNames({ client }: Database): Promise<string[]> {
  const rows = await client.$queryRaw<{ words: string }[]>`
    SELECT name_words::text AS words FROM product_search_entries WHERE is_current`;
  return rows.map(({ words }) => words);
}

describeWith('postgres')('a catalog that is copied to PostgreSQL', () => {
  test('has the same products, versions, times, log, ledgers, API keys and id', async () => {
    const source = await catalogWithHistory();
    const to = await emptyPostgresqlUrl();
    const progress: number[] = [];
    const { products, checksum } = await copyDatabase({
      from: source.url,
      to,
      onProgress: ({ done, total }) => progress.push(done / total),
    });
    expect(products).toBe(await source.client.product.count());
    expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));

    const copy = await openDatabase({ url: to });
    onTestFinished(() => copy.close());
    const order = { orderBy: { id: 'asc' as const } };
    expect(await copy.client.product.findMany(order)).toEqual(
      await source.client.product.findMany(order),
    );
    expect(await copy.client.apiKey.findMany(order)).toEqual(
      await source.client.apiKey.findMany(order),
    );
    const head = await source.changeLog.head();
    expect(await copy.changeLog.head()).toEqual(head);
    expect(await copy.changeFeed.read(0, 5000)).toEqual(await source.changeFeed.read(0, 5000));
    expect(await copy.changeLog.start()).toMatchObject({ seq: 1001 });
    const changes = { orderBy: { seq: 'asc' as const } };
    expect(await copy.client.productChange.findMany(changes)).toEqual(
      (await source.client.productChange.findMany(changes)).map((change) => ({
        ...change,
        id: expect.anything(),
        seq: BigInt(change.seq),
      })),
    );
    expect(await indexedNames(copy)).toHaveLength(products);
    expect(await indexedNames(copy)).toContain("'11':2 'lamp':1");
    const byNumber = { orderBy: { lineNumber: 'asc' as const } };
    const lines = await copy.client.stockAdjustment.findMany(byNumber);
    expect(
      lines.map(({ lineNumber, ...line }) => ({ ...line, lineNumber: Number(lineNumber) })),
    ).toEqual(await source.client.stockAdjustment.findMany(byNumber));
    await copy.client.product.create({ data: newProduct() });
    expect(await copy.changeLog.head()).toMatchObject({ seq: head.seq + 1 });
    await copy.client.$executeRaw`UPDATE products SET stock_quantity = 6 WHERE stock_quantity = 5`;
    expect(await copy.client.stockAdjustment.count()).toBeGreaterThan(lines.length);
  });

  test('can be read and not written meanwhile', async () => {
    const source = await catalogWithHistory();
    const reads: Promise<unknown>[] = [];
    const writes: Promise<unknown>[] = [];
    await copyDatabase({
      from: source.url,
      to: await emptyPostgresqlUrl(),
      onProgress: () => {
        reads.push(Promise.resolve(source.client.product.count()));
        writes.push(source.client.product.deleteMany().catch((error) => source.failureOf(error)));
      },
    });
    expect(await Promise.all(reads)).toContain(await source.client.product.count());
    expect(await writes[0]).toBe('busy');
    await source.client.product.deleteMany();
  });

  test('leaves a target alone that has products, and one that fails', async () => {
    const source = await catalogWithHistory();
    const to = await emptyPostgresqlUrl();
    await copyDatabase({ from: source.url, to });
    await expect(copyDatabase({ from: source.url, to })).rejects.toThrow('name an empty one');

    const failing = await emptyPostgresqlUrl();
    const copying = copyDatabase({
      from: source.url,
      to: failing,
      onProgress: ({ done, total }) => {
        if (done === total) {
          throw new CopyError('stopped');
        }
      },
    });
    await expect(copying).rejects.toThrow('stopped');
    expect(await runSql(failing, 'SELECT FROM products')).toEqual([]);
    await source.client.product.deleteMany();
  });
});

test('a file that does not exist is refused, and is not created', async () => {
  const { file, url } = temporaryFile();
  const copying = copyDatabase({ from: url, to: 'postgres://127.0.0.1/catalog' });
  await expect(copying).rejects.toThrow(`There is no database at ${file}: check --from`);
  expect(existsSync(file)).toBe(false);
});

test('other directions, and a server that cannot be reached, are refused', async () => {
  const { url } = await temporaryDatabase();
  await expect(copyDatabase({ from: url, to: url })).rejects.toThrow(CopyError);
  const to = `postgres://127.0.0.1:${await freePort()}/catalog`;
  await expect(copyDatabase({ from: url, to })).rejects.toThrow('cannot be used');
});
