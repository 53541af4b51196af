import { expect, test } from 'vitest';
import { newProduct } from '../../test/new-product.js';
import { startTogether } from '../../test/start-together.js';
import { connectTo, describeDialects, temporaryDatabase } from '../../test/temporary-database.js';
import type { PrismaClient } from '../generated/sqlite/client.js';
import { openDatabase } from '../open-database.js';
import { seedSamples } from './seed-samples.js';

describeDialects(({ open, emptyUrl }) => {
  test('an empty catalog gets one sample of each kind', async () => {
    const database = await open();
    const { client } = database;
    const now = new Date('2026-01-02T03:04:05.678Z');
    expect(await seedSamples(database, now)).toBe(5);
    const products = await client.product.findMany();
    for (const kind of ['Smartphone', 'Laptop', 'headphones', 'Smartwatch', 'Tablet']) {
      expect(products.filter(({ name }) => name.includes(kind))).toHaveLength(1);
    }
    expect(products[0]).toMatchObject({ version: 1n, createdAt: now, updatedAt: now });
  });

  test('a deleted sample does not come back', async () => {
    const database = await open();
    const { client } = database;
    await seedSamples(database);
    await client.product.deleteMany();
    expect(await seedSamples(database)).toBe(0);
    expect(await client.product.count()).toBe(0);
  });

  test('a catalog that has products gets no samples, even after it is emptied', async () => {
    const database = await open();
    const { client } = database;
    await client.product.create({ data: newProduct() });
    expect(await seedSamples(database)).toBe(0);
    await client.product.deleteMany();
    expect(await seedSamples(database)).toBe(0);
  });

  test('seeding that stopped before it set the mark is completed by the next call', async () => {
    const database = await open();
    const { client } = database;
    await seedSamples(database);
    await client.metadata.delete({ where: { key: 'samples_seeded' } });
    expect(await seedSamples(database)).toBe(0);
    expect(await client.product.count()).toBe(5);
  });

  test('a process creates nothing when another one seeds after its first read', async () => {
    const database = await open();
    const { client } = database;
    const slow = client.$extends({
      query: {
        metadata: {
          async findUnique({ args, query }) {
            const seen = await query(args);
            await seedSamples(database);
            await client.product.deleteMany();
            return seen;
          },
        },
      },
    });
    // An extended client has every method that seedSamples calls, but not Prisma's nominal type.
    expect(await seedSamples({ ...database, client: slow as unknown as PrismaClient })).toBe(0);
    expect(await client.product.count()).toBe(0);
  });

  test('processes that start at the same time create the samples once', async () => {
    const url = await emptyUrl();
    const outcomes = await startTogether(url, 4);
    expect(outcomes.map(({ seeded }) => seeded).sort()).toEqual([0, 0, 0, 5]);
    const { client, close } = await openDatabase({ url });
    expect(await client.product.count()).toBe(5);
    await close();
  });
});

test('a later call only reads', async () => {
  const { file, ...database } = await temporaryDatabase({ busyTimeoutMs: 0 });
  await seedSamples(database);
  connectTo(file).exec('BEGIN IMMEDIATE');
  expect(await seedSamples(database)).toBe(0);
});
