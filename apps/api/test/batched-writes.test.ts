import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '@product-api/database';
import { describeWith } from '@product-api/testing/describe-with';
import { runSql } from '@product-api/testing/postgres';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { ProductRepository } from '../src/products/product-repository.js';
import {
  describeDialects,
  openCatalogAt,
  openPostgresqlCatalogs,
  openSqliteCatalog,
} from './open-catalog.js';
import { perform, type RandomWrite, ROW_COUNT, randomWrites } from './random-writes.js';

const lamp = { name: 'Lamp', description: '', price: 1, stock_quantity: 0 };

describeDialects((openCatalog) => {
  test('batched writes have the same results as writes one after the other', async () => {
    const [together, oneByOne] = [await openCatalog(), await openCatalog()];
    const otherConnection = await openAgain(together.url);
    await fc.assert(
      fc.asyncProperty(randomWrites, async (writes) => {
        const ids = Array.from({ length: ROW_COUNT }, () => randomUUID());
        const write = (repository: ProductRepository) => (one: RandomWrite) =>
          outcome(together.database, perform(repository, ids[one.row] ?? '', one));
        const outcomes = await Promise.all(writes.map(write(together.repository)));
        const expected = [];
        for (const one of writes) {
          expected.push(await write(oneByOne.repository)(one));
        }
        expect(outcomes).toEqual(expected);
        expect(await history(otherConnection, ids)).toEqual(await history(oneByOne.database, ids));
      }),
      { seed: 20_260_228, numRuns: 100 },
    );
  });

  test('changes of one row in a batch are made in order', async () => {
    const { repository } = await openCatalog();
    const { product } = await repository.insert(randomUUID(), lamp);
    const prices = Array.from({ length: 20 }, (_, index) => index + 1);
    const changed = await Promise.all(
      prices.map((price) => repository.update({ id: product.id }, { price })),
    );
    expect(changed).toEqual(
      prices.map((price) => ({ product: { ...product, price }, version: price + 1 })),
    );
  });

  test('reads in a batch see all earlier writes and share one result', async () => {
    const { repository } = await openCatalog();
    const { product } = await repository.insert(randomUUID(), lamp);
    const unknown = repository.find({ id: randomUUID() });
    await repository.update({ id: product.id }, { price: 2 });
    const reads = Array.from({ length: 10 }, () => repository.find({ id: product.id }));
    const stored = { product: { ...product, price: 2 }, version: 2 };
    expect(await Promise.all(reads)).toEqual(reads.map(() => stored));
    expect(await unknown).toBeUndefined();
  });
});

test('while the database is locked, all writes of a batch fail as busy and change nothing', async () => {
  const { url, repository, database } = await openSqliteCatalog({ busyTimeoutMs: 100 });
  const { product } = await repository.insert(randomUUID(), lamp);
  const { id } = product;
  const other = await openAgain(url);
  await other.client.$transaction(async () => {
    const refused = await Promise.allSettled([
      repository.insert(randomUUID(), lamp),
      repository.update({ id }, { price: 2 }),
      repository.update({ id }, { price: 3 }),
      repository.delete({ id: randomUUID() }),
    ]);
    for (const one of refused) {
      expect(one).toMatchObject({
        status: 'rejected',
        reason: expect.toSatisfy((error) => database.failureOf(error) === 'busy'),
      });
    }
    expect(await repository.find({ id })).toEqual({ product, version: 1 });
  });
  expect(await database.client.product.count()).toBe(1);
  expect(await repository.update({ id }, { price: 2 })).toMatchObject({ version: 2 });
  expect(await other.client.product.findUnique({ where: { id } })).toMatchObject({ version: 2n });
});

describeWith('postgres')('on PostgreSQL', () => {
  const openCatalog = openPostgresqlCatalogs();

  test('writes of a locked row fail together, after the time limit of one', async () => {
    const { url, repository, database } = await openCatalog({ busyTimeoutMs: 500 });
    const { product } = await repository.insert(randomUUID(), lamp);
    const { id } = product;
    const other = await openAgain(url);
    await other.client.$transaction(async (transaction) => {
      await transaction.$executeRaw`UPDATE products SET name = 'Other'`;
      const errors: unknown[] = [];
      const writes = [1, 2, 3, 4].map((price) =>
        repository.update({ id }, { price }).catch((error: unknown) => errors.push(error)),
      );
      await Promise.all(writes);
      expect(errors.map(database.failureOf)).toEqual(['busy', 'busy', 'busy', 'busy']);
      // One statement waited for the lock, so there is one error.
      expect(new Set(errors).size).toBe(1);
    });
    expect(await repository.update({ id }, { price: 5 })).toMatchObject({ version: 3 });
  });

  test('batches of two processes that change the same rows do not wait in a circle', async () => {
    const one = await openCatalog();
    const other = await openCatalogAt(one.url);
    const ids = Array.from({ length: 30 }, () => randomUUID());
    await Promise.all(ids.map((id) => one.repository.insert(id, lamp)));
    for (let price = 1; price <= 20; price++) {
      await Promise.all([
        ...ids.map((id) => one.repository.update({ id }, { price })),
        ...ids.toReversed().map((id) => other.repository.update({ id }, { price })),
      ]);
    }
    const [stats] = await runSql(
      one.url,
      'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(stats).toEqual({ deadlocks: '0' });
    const products = await one.database.client.product.findMany();
    expect(new Set(products.map(({ version }) => version))).toEqual(new Set([41n]));
  });
});

async function openAgain(url: string): Promise<Database> {
  const database = await openDatabase({ url });
  onTestFinished(() => database.close());
  return database;
}

/** Returns the result of a write, or `'refused'` if it violates a constraint. */
async function outcome({ failureOf }: Database, write: Promise<unknown>): Promise<unknown> {
  try {
    return await write;
  } catch (error) {
    expect(failureOf(error)).toBe('constraint');
    return 'refused';
  }
}

/** Returns the rows with these ids, and all their changes. */
async function history({ client, changeLog }: Database, ids: readonly string[]) {
  // On PostgreSQL, the changes get their numbers only now.
  await changeLog.head();
  const where = { id: { in: [...ids] } };
  const rows = await client.product.findMany({ where, orderBy: { id: 'asc' } });
  const changes = await client.productChange.findMany({
    where: { productId: where.id },
    orderBy: [{ productId: 'asc' }, { seq: 'asc' }],
    select: { productId: true, version: true, kind: true },
  });
  return { rows, changes };
}
