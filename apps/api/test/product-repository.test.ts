import { randomUUID } from 'node:crypto';
import { describeWith } from '@product-api/testing/describe-with';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  describeDialects,
  now,
  type OpenCatalog,
  openCatalogsThroughPgbouncer,
} from './open-catalog.js';
import { fromRow, storedBytes, toData } from './prisma-product.js';
import { changes, products } from './random-products.js';

const runs = { seed: 20_260_228, numRuns: 100 };

describeDialects(declareTests);

describeWith('postgres')('through PgBouncer', () => {
  declareTests(openCatalogsThroughPgbouncer());
});

function declareTests(openCatalog: OpenCatalog): void {
  test("insert and find store and read the same bytes as Prisma's create and findUnique", async () => {
    const { database, repository } = await openCatalog();
    await fc.assert(
      fc.asyncProperty(products, async (product) => {
        const [id, other] = [randomUUID(), randomUUID()];
        const stored = await repository.insert(id, product);
        await database.client.product.create({ data: toData(other, product) });
        expect(await storedBytes(database, id)).toEqual(await storedBytes(database, other));
        const row = await database.client.product.findUniqueOrThrow({ where: { id } });
        expect(stored).toEqual({ product: fromRow(row), version: Number(row.version) });
        expect(stored).toEqual({ product: { id, ...product }, version: 1 });
        expect(await repository.find({ id })).toEqual(stored);
      }),
      runs,
    );
  });

  test("update changes the same bytes as Prisma's update, and delete removes the row", async () => {
    const { database, repository } = await openCatalog();
    await fc.assert(
      fc.asyncProperty(products, changes, async (product, change) => {
        const [id, other] = [randomUUID(), randomUUID()];
        const data = [toData(id, product), toData(other, product)];
        await database.client.product.createMany({ data });
        const changed = await repository.update({ id }, change);
        expect(changed).toEqual({ product: { id, ...product, ...change }, version: 2 });
        const { id: _, createdAt, ...written } = toData(other, { ...product, ...change });
        await database.client.product.update({
          where: { id: other },
          data: { ...written, version: { increment: 1 } },
        });
        expect(await storedBytes(database, id)).toEqual(await storedBytes(database, other));
        expect(await repository.delete({ id })).toEqual(changed);
        expect(await database.client.product.findUnique({ where: { id } })).toBeNull();
      }),
      runs,
    );
  });

  test('an update sets the time of the update, and keeps the time of creation', async () => {
    const { database, repository } = await openCatalog();
    const id = randomUUID();
    const product = { name: 'Lamp', description: '', price: 1, stock_quantity: 0 };
    const before = new Date(0);
    await database.client.product.create({
      data: { ...toData(id, product), createdAt: before, updatedAt: before },
    });
    await repository.update({ id }, { price: 2 });
    expect(await database.client.product.findUnique({ where: { id } })).toMatchObject({
      createdAt: before,
      updatedAt: now,
    });
  });

  test('a missing row or another version is not found, updated or deleted', async () => {
    const { repository } = await openCatalog();
    const id = randomUUID();
    const stored = await repository.insert(id, {
      name: 'Lamp',
      description: '',
      price: 1,
      stock_quantity: 0,
    });
    for (const row of [{ id: randomUUID() }, { id, version: 2 }]) {
      expect(await repository.find(row)).toBeUndefined();
      expect(await repository.update(row, { price: 2 })).toBeUndefined();
      expect(await repository.delete(row)).toBeUndefined();
    }
    expect(await repository.find({ id, version: 1 })).toEqual(stored);
    expect(await repository.update({ id, version: 1 }, { price: 2 })).toMatchObject({ version: 2 });
    expect(await repository.delete({ id, version: 2 })).toMatchObject({ version: 2 });
  });
}
