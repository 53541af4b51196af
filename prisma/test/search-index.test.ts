import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '../src/database.js';
import { dialectOf } from '../src/database-url.js';
import { migrate } from '../src/migrate.js';
import { openDatabase } from '../src/open-database.js';
import { indexProducts } from '../src/search/index-products.js';
import { migrationsBefore } from './migrations-before.js';
import { newProduct } from './new-product.js';
import { describeDialects, temporaryDatabase, temporaryFolder } from './temporary-database.js';

/** Returns the stored words of all products, and whether they are current. */
async function entriesOf(database: Database): Promise<unknown> {
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

describeDialects(({ open, emptyUrl }) => {
  test('the products of a catalog from before the search are indexed in the order of creation', async () => {
    const url = await emptyUrl();
    await migrate({
      url,
      migrationsFolder: migrationsBefore('20261128120000_search', dialectOf(url)),
    });
    const earlier = await openDatabase({ url });
    const data = ['Café', 'Desk', 'Lamp'].map((name, index) =>
      newProduct({ name, createdAt: new Date((3 - index) * 1000) }),
    );
    await earlier.client.product.createMany({ data });
    await earlier.close();
    expect(await migrate({ url })).toContain('20261128120000_search');
    const database = await openDatabase({ url });
    onTestFinished(() => database.close());
    expect(await indexProducts(database)).toBe(3);
    const stored = words[database.dialect];
    expect(await entriesOf(database)).toEqual(
      data
        .map(({ id }, index) => [id, true, stored(['cafe', 'desk', 'lamp'][index] ?? '')])
        .toReversed(),
    );
  });

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

  test('requests are served between two parts', async () => {
    const database = await open();
    const data = Array.from({ length: 900 }, () => newProduct({ description: 'x'.repeat(200) }));
    await database.client.product.createMany({ data });
    let [parts, turns, isDone] = [0, 0, false];
    const countTurn = () => {
      turns += 1;
      if (!isDone) {
        setImmediate(countTurn);
      }
    };
    setImmediate(countTurn);
    await indexProducts(database, { onProgress: () => (parts += 1) });
    isDone = true;
    expect(parts).toBeGreaterThan(2);
    expect(turns).toBeGreaterThanOrEqual(parts);
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

test('an index of SQLite that has all words takes new ones from the entries that are pending', async () => {
  const url = `file:${temporaryFolder()}/catalog.db`;
  const name = '20261129120000_search_pending';
  await migrate({ url, migrationsFolder: migrationsBefore(name, 'sqlite') });
  const earlier = await openDatabase({ url });
  const { id } = newProduct();
  await earlier.client.$executeRaw`
    INSERT INTO searchable_products (
      id, name, description, price_units, stock_quantity, version, created_at, updated_at,
      name_words, description_words
    ) VALUES (${id}, 'Lamp', '', 1, 0, 1, 0, 0, 'lamp', '')`;
  await earlier.close();
  expect(await migrate({ url })).toContain(name);

  const database = await openDatabase({ url });
  onTestFinished(() => database.close());
  const { client } = database;
  const countOf = async (word: string) =>
    (await client.$queryRaw<[]>`SELECT 1 FROM product_search WHERE product_search MATCH ${word}`)
      .length;
  const pending = () => client.$queryRaw`SELECT * FROM product_search_pending`;
  expect([await countOf('lamp'), await pending()]).toEqual([1, []]);

  await client.$executeRaw`
    UPDATE searchable_products SET name = 'Desk', name_words = 'desk', version = 2`;
  expect(await pending()).toEqual([{ number: 1 }]);
  expect(await indexProducts(database)).toBe(0);
  expect([await countOf('lamp'), await countOf('desk'), await pending()]).toEqual([0, 1, []]);
});

test('INSERT OR REPLACE by hand is indexed, without the triggers of deletions too', async () => {
  const { client, ...database } = await temporaryDatabase();
  const { id } = await client.product.create({ data: newProduct({ name: 'Lamp' }) });
  await indexProducts({ client, ...database });
  for (const [isOn, name] of [
    ['ON', 'Desk'],
    ['OFF', 'Chair'],
  ]) {
    await client.$executeRawUnsafe(`PRAGMA recursive_triggers = ${isOn}`);
    await client.$executeRaw`
      INSERT OR REPLACE INTO products
        (id, name, description, price_units, stock_quantity, created_at, updated_at)
      VALUES (${id}, ${name}, '', 1, 0, 0, 0)`;
    await indexProducts({ client, ...database });
    expect(await entriesOf({ client, ...database })).toEqual([[id, true, name?.toLowerCase()]]);
  }
});

/** Returns each product's entries: those with its id, and the one with its number. */
async function entriesOfProducts({ client }: Pick<Database, 'client'>): Promise<unknown[]> {
  return client.$queryRaw`
    SELECT name, entry.number = search_number AS is_its_entry
    FROM products LEFT JOIN product_search_entries AS entry ON product_id = products.id
    ORDER BY created_at, name`;
}

test('SQL by hand leaves each product of SQLite with one entry, in the same version', async () => {
  const database = await temporaryDatabase();
  const { client } = database;
  const insert = (conflict: string, id: string, name: string, then = '') => `
    INSERT ${conflict} INTO products
      (id, name, description, price_units, stock_quantity, created_at, updated_at)
    VALUES ('${id}', '${name}', '', 1, 0, 0, 0) ${then}`;
  const [lamp, desk, copy] = [randomUUID(), randomUUID(), randomUUID()];
  const named = (name: string) => ({ name, is_its_entry: 1 });
  for (const isIndexed of [false, true]) {
    for (const [statement, names] of [
      [insert('', lamp, 'Lamp'), ['Lamp']],
      [insert('OR IGNORE', lamp, 'Ignored'), ['Lamp']],
      [insert('OR REPLACE', lamp, 'Torch'), ['Torch']],
      [insert('', lamp, 'x', 'ON CONFLICT DO UPDATE SET name = excluded.name || 1'), ['x1']],
      [insert('OR REPLACE', desk, 'Desk'), ['Desk', 'x1']],
      [
        `INSERT INTO products SELECT '${copy}', 'Copy', description, price_units, stock_quantity,
           version, created_at, updated_at, search_number FROM products WHERE id = '${desk}'`,
        ['Copy', 'Desk', 'x1'],
      ],
      [`DELETE FROM products WHERE id IN ('${desk}', '${copy}')`, ['x1']],
      [insert('', desk, 'Desk'), ['Desk', 'x1']],
      ['DELETE FROM products', []],
    ] as const) {
      await client.$executeRawUnsafe(statement);
      expect(await entriesOfProducts(database)).toEqual(names.map(named));
      if (isIndexed) {
        await indexProducts(database);
        expect(await entriesOfProducts(database)).toEqual(names.map(named));
        expect((await entriesOf(database)) as unknown[]).toHaveLength(names.length);
      }
    }
  }
  await client.$executeRawUnsafe(insert('', lamp, 'Lamp'));
  const version = () => client.product.findMany({ select: { version: true } });
  const before = await version();
  await indexProducts(database);
  expect(await version()).toEqual(before);
});

test('the products of an earlier SQLite file get the numbers of their entries', async () => {
  const url = `file:${temporaryFolder()}/catalog.db`;
  const name = '20261130120000_search_number';
  await migrate({ url, migrationsFolder: migrationsBefore(name, 'sqlite') });
  const earlier = await openDatabase({ url });
  await earlier.client.$executeRaw`
    INSERT INTO searchable_products (
      id, name, description, price_units, stock_quantity, version, created_at, updated_at,
      name_words, description_words
    )
    SELECT value, 'Lamp ' || key, '', 1, 0, 7, key, 0, 'lamp ' || key, ''
    FROM json_each(${JSON.stringify([randomUUID(), randomUUID(), randomUUID()])})`;
  await earlier.client.$executeRaw`DELETE FROM products WHERE name = 'Lamp 1'`;
  const changes = await earlier.changeLog.head();
  await earlier.close();
  expect(await migrate({ url })).toContain(name);

  const database = await openDatabase({ url });
  onTestFinished(() => database.close());
  await indexProducts(database);
  expect(await entriesOfProducts(database)).toEqual([
    { name: 'Lamp 0', is_its_entry: 1 },
    { name: 'Lamp 2', is_its_entry: 1 },
  ]);
  const { client, changeLog } = database;
  expect(await client.product.findMany({ select: { version: true } })).toEqual([
    { version: 7n },
    { version: 7n },
  ]);
  expect(await changeLog.head()).toEqual(changes);
});

test('the index of SQLite has few parts after many writes, and is sound', async () => {
  const database = await temporaryDatabase();
  const { client } = database;
  await client.product.create({ data: newProduct() });
  for (let write = 0; write < 60; write++) {
    await client.$executeRaw`UPDATE products SET name = ${`Lamp ${write}`}`;
    await indexProducts(database);
  }
  const parts = await client.$queryRaw<[]>`SELECT DISTINCT segid FROM product_search_idx`;
  expect(parts.length).toBeLessThan(12);
  await client.$executeRaw`
    INSERT INTO product_search (product_search) VALUES ('integrity-check')`;
});
