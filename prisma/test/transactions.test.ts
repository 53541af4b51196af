import { expect, onTestFinished, test } from 'vitest';
import type { Database, Transaction } from '../src/database.js';
import { Prisma } from '../src/generated/sqlite/client.js';
import { openDatabase } from '../src/open-database.js';
import { newProduct } from './new-product.js';
import { describeDialects, type TestDatabase } from './temporary-database.js';

describeDialects(({ open }) => {
  async function openWithProduct() {
    const database = await open();
    await database.client.product.create({ data: newProduct() });
    return database;
  }

  const rename = (transaction: Transaction, name: string) =>
    transaction.$executeRaw(Prisma.sql`UPDATE products SET name = ${name}`);

  const nameIn = async ({ sql }: TestDatabase) =>
    (await sql('SELECT name FROM products'))[0]?.['name'];

  test('the statements of a transaction are committed together', async () => {
    const database = await openWithProduct();
    const result = await database.transaction(async (transaction) => {
      await rename(transaction, 'first');
      expect(await nameIn(database)).toBe('Lamp');
      await rename(transaction, 'second');
      return 'result';
    });
    expect(result).toBe('result');
    expect(await nameIn(database)).toBe('second');
  });

  test('a transaction that rejects changes nothing', async () => {
    const database = await openWithProduct();
    const error = new Error('not today');
    const failing = database.transaction(async (transaction) => {
      await rename(transaction, 'changed');
      throw error;
    });
    await expect(failing).rejects.toBe(error);
    expect(await nameIn(database)).toBe('Lamp');
    await database.transaction((transaction) => rename(transaction, 'later'));
    expect(await nameIn(database)).toBe('later');
  });

  test('after a failed statement, no other one has an effect', async () => {
    const database = await openWithProduct();
    const failing = database.transaction(async (transaction) => {
      await rename(transaction, 'changed');
      await rename(transaction, '').catch(() => undefined);
      await rename(transaction, 'changed again');
    });
    await expect(failing).rejects.toThrow();
    expect(await nameIn(database)).toBe('Lamp');
    expect(await database.client.product.count()).toBe(1);
  });

  test('a transaction that cannot be committed rejects, and undoes nothing of others', async () => {
    const database = await openWithProduct();
    const { client } = database;
    let beside: Promise<number> | undefined;
    const failing = database.transaction(async (transaction) => {
      // Waits for the end of the transaction on SQLite.
      beside = Promise.resolve(client.$executeRaw`UPDATE products SET price_units = 77`);
      for (let turns = 0; turns < 50; turns++) {
        await new Promise(setImmediate);
      }
      await rename(transaction, '').catch(() => undefined);
    });
    await expect(failing).rejects.toThrow();
    expect(await beside).toBe(1);
    expect(await client.product.findFirst()).toMatchObject({ name: 'Lamp', priceUnits: 77n });
  });

  test('transactions of two processes that read and then write lose no change', async () => {
    const first = await openWithProduct();
    const second = await openDatabase({ url: first.url });
    onTestFinished(() => second.close());
    const lock = first.dialect === 'postgresql' ? Prisma.sql`FOR UPDATE` : Prisma.empty;
    const increment = ({ transaction }: Database) =>
      transaction(async (statements) => {
        const [row] = await statements.$queryRaw<{ stock: string }[]>(Prisma.sql`
          SELECT CAST(stock_quantity AS TEXT) AS stock FROM products ${lock}`);
        const next = Number(row?.stock) + 1;
        await statements.$executeRaw(Prisma.sql`UPDATE products SET stock_quantity = ${next}`);
      });
    const increments = Array.from({ length: 10 }, () => [increment(first), increment(second)]);
    await Promise.all(increments.flat());
    expect(await first.client.product.findFirst()).toMatchObject({ stockQuantity: 20n });
  });

  test('statements beside a transaction are not part of it', async () => {
    const database = await openWithProduct();
    const { client } = database;
    let beside: Promise<unknown> | undefined;
    const failing = database.transaction(async (transaction) => {
      beside = Promise.resolve(client.product.create({ data: newProduct({ name: 'beside' }) }));
      await rename(transaction, 'changed');
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await beside;
    const names = (await client.product.findMany()).map(({ name }) => name);
    expect(names.sort()).toEqual(['Lamp', 'beside']);
  });
});
