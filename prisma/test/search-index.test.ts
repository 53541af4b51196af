import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { indexProducts } from '../src/search/index-products.js';
import { newProduct } from './new-product.js';
import { describeDialects, type TestDatabase } from './temporary-database.js';

/** Returns the stored words of all products, and whether they are current. */
async function entriesOf(database: TestDatabase): Promise<unknown> {
  const rows = await database.client.$queryRaw<object[]>`
    SELECT product_id, is_current, CAST(name_words AS TEXT) AS name_words
    FROM product_search_entries ORDER BY number`;
  return rows.map((row) => Object.values(row));
}

const words = {
  sqlite: (text: string) => text,
  postgresql: (text: string) =>
    text
      .split(' ')
      .map((word, index) => `'${word}':${index + 1}`)
      .join(' '),
};

describeDialects(({ open }) => {
  test('products that SQL by hand creates, changes and deletes are marked, then indexed', async () => {
    const database = await open();
    const { client } = database;
    const stored = words[database.dialect];
    const { id } = await client.product.create({ data: newProduct({ name: 'Café Lamp' }) });
    expect(await entriesOf(database)).toEqual([[id, false, null]]);
    expect(await indexProducts(database)).toBe(1);
    expect(await entriesOf(database)).toEqual([[id, true, stored('cafe lamp')]]);

    await client.$executeRaw`UPDATE products SET price_units = 7, name = name`;
    expect(await entriesOf(database)).toEqual([[id, true, stored('cafe lamp')]]);
    await client.$executeRaw`UPDATE products SET name = 'Desk'`;
    expect(await entriesOf(database)).toEqual([[id, false, stored('cafe lamp')]]);
    expect(await indexProducts(database)).toBe(1);
    expect(await entriesOf(database)).toEqual([[id, true, stored('desk')]]);

    await client.$executeRaw`DELETE FROM products`;
    await indexProducts(database);
    expect(await entriesOf(database)).toEqual([]);
  });

  test('many products are indexed in parts, each of which stays', async () => {
    const database = await open();
    const data = Array.from({ length: 700 }, () => newProduct({ description: 'x'.repeat(200) }));
    await database.client.product.createMany({ data });
    const progress: number[] = [];
    const stopped = new AbortController();
    await indexProducts(database, {
      signal: stopped.signal,
      onProgress(products) {
        progress.push(products);
        stopped.abort();
      },
    });
    const [first = 0] = progress;
    expect(first).toBeGreaterThan(200);
    expect(progress).toEqual([first]);
    expect(first + (await indexProducts(database))).toBe(data.length);
  });

  test('a long description is a part of its own', async () => {
    const database = await open();
    const data = Array.from({ length: 12 }, () =>
      newProduct({ id: randomUUID(), description: 'ﷺ'.repeat(10_000) }),
    );
    await database.client.product.createMany({ data });
    expect(await indexProducts(database)).toBe(data.length);
    expect(await indexProducts(database)).toBe(0);
  });
});
