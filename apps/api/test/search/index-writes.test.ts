import { type Database, indexProducts } from '@product-api/database';
import { expect, test } from 'vitest';
import { type Catalog, describeDialects } from '../open-catalog.js';
import { mouse } from '../sample-product.js';
import { idOf } from './hand-written-rows.js';
import { openSearch } from './open-search.js';

const id = idOf(1);

/** Everything that the search has stored: the entries, and on SQLite every page of the index. */
const stored = {
  sqlite: [
    'SELECT * FROM product_search_entries',
    'SELECT * FROM product_search_pending',
    'SELECT CAST(id AS TEXT) AS id, hex(block) AS block FROM product_search_data',
    'SELECT * FROM product_search_docsize',
    'SELECT * FROM product_search_idx',
  ],
  // A row that is written gets another place, and only a row that is written reaches an index.
  postgresql: [
    `SELECT ctid::text, xmin::text, number::text, is_current, words::text
     FROM product_search_entries`,
  ],
};

async function storedBySearch({ client, dialect }: Database): Promise<unknown> {
  const tables: unknown[] = [];
  for (const statement of stored[dialect]) {
    tables.push(await client.$queryRawUnsafe(statement));
  }
  return tables;
}

async function catalogWithMouse(catalog: Catalog): Promise<Catalog> {
  await catalog.repository.insert(id, mouse);
  return catalog;
}

describeDialects((openCatalog) => {
  test('a change of price or stock, or to the same texts, writes nothing of the index', async () => {
    const { database, repository } = await catalogWithMouse(await openCatalog());
    const before = await storedBySearch(database);
    const { name, description } = mouse;
    for (const changes of [{ price: 1 }, { stock_quantity: 1 }, { name, description, price: 2 }]) {
      expect(await repository.update({ id }, changes)).toMatchObject({ product: changes });
    }
    await database.client.$executeRaw`UPDATE products SET price_units = 7`;
    expect(await storedBySearch(database)).toEqual(before);
    expect(await indexProducts(database)).toBe(0);

    await repository.update({ id }, { name: 'Trackball' });
    expect(await storedBySearch(database)).not.toEqual(before);
    expect(await indexProducts(database)).toBe(0);
  });

  test('a write that a constraint refuses leaves no words', async () => {
    const { database, repository } = await catalogWithMouse(await openCatalog());
    const before = await storedBySearch(database);
    await expect(repository.insert(id, { ...mouse, name: 'Trackball' })).rejects.toThrow();
    const tooDear = { name: 'Trackball', price: 1e12 };
    await expect(repository.update({ id }, tooDear)).rejects.toThrow();
    expect(await repository.update({ id, version: 7 }, { name: 'Trackball' })).toBeUndefined();
    expect((await openSearch(database)('trackball')).items).toEqual([]);
    expect((await openSearch(database)('mouse')).items).toHaveLength(1);
    if (database.dialect === 'postgresql') {
      expect(await storedBySearch(database)).toEqual(before);
    }
  });

  test('a change of one text keeps the words of the other', async () => {
    const { database, repository } = await catalogWithMouse(await openCatalog());
    const find = openSearch(database);
    const isFound = async (text: string) => (await find(text)).items.length > 0;
    await repository.update({ id }, { name: 'Trackball' });
    expect([await isFound('trackball ergonomic'), await isFound('"trackball ergonomic"')]).toEqual([
      true,
      false,
    ]);
    await repository.update({ id }, { description: 'Quiet' });
    expect([await isFound('trackball quiet'), await isFound('ergonomic')]).toEqual([true, false]);
  });

  test('a change of one text after SQL by hand waits for both to be indexed', async () => {
    const { database, repository } = await catalogWithMouse(await openCatalog());
    await database.client.$executeRaw`UPDATE products SET description = 'Quiet'`;
    await repository.update({ id }, { name: 'Trackball' });
    expect(await indexProducts(database)).toBe(1);
    expect((await openSearch(database)('trackball quiet')).items).toHaveLength(1);
  });

  test('processes that index at once, and writers, lose no word', async () => {
    const { database, repository } = await openCatalog();
    const ids = Array.from({ length: 12 }, (_, index) => idOf(index));
    await Promise.all(ids.map((each) => repository.insert(each, mouse)));
    const { client } = database;
    const writes = ids.flatMap((each, index) => [
      client.$executeRaw`UPDATE products SET description = 'Quiet' WHERE name = 'Wireless Mouse'`,
      repository.update({ id: each }, { name: `Trackball ${index}` }),
      indexProducts(database),
    ]);
    await Promise.all(writes);
    await indexProducts(database);
    const found = await openSearch(database)('trackball', { sort: 'name', limit: 200 });
    expect(found.items).toHaveLength(ids.length);
    const quiet = await openSearch(database)('quiet', { sort: 'name', limit: 200 });
    expect(quiet.items).toEqual(found.items.filter(({ description }) => description === 'Quiet'));
  });
});
