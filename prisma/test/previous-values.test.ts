import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { dialectOf } from '../src/database-url.js';
import { migrate } from '../src/migrate.js';
import { openDatabase } from '../src/open-database.js';
import { migrationsBefore } from './migrations-before.js';
import { newProduct } from './new-product.js';
import {
  connectTo,
  describeDialects,
  type TestDatabase,
  temporaryDatabase,
} from './temporary-database.js';

const hardText = `"'\\ \u2028 💡 é e\u0301 %s $1 ${'x'.repeat(9000)}`;

const lamp = {
  name: hardText.slice(0, 200),
  description: hardText,
  priceUnits: 999_999_999_999_999n,
  stockQuantity: 9_007_199_254_740_991n,
  createdAt: new Date(1_790_000_000_123),
  updatedAt: new Date(1_790_000_000_456),
};

const nothing = {
  previousName: null,
  previousDescription: null,
  previousPriceUnits: null,
  previousStockQuantity: null,
  previousCreatedAt: null,
  previousUpdatedAt: null,
};

const wholeLamp = {
  previousName: lamp.name,
  previousDescription: lamp.description,
  previousPriceUnits: lamp.priceUnits,
  previousStockQuantity: lamp.stockQuantity,
  previousCreatedAt: lamp.createdAt,
  previousUpdatedAt: lamp.updatedAt,
};

async function withLamp<Opened extends TestDatabase>(open: () => Promise<Opened>) {
  const database = await open();
  const { id } = newProduct();
  await database.client.product.create({ data: { id, ...lamp } });
  /** Returns the entries of the product: kind and version, and the values that it replaced. */
  const logged = async () => {
    const entries = await database.client.productChange.findMany({
      where: { productId: id },
      orderBy: { version: 'asc' },
    });
    return entries.map(({ kind, version, ...entry }) => {
      expect(entry.changedBy).toBeNull();
      const names = Object.keys(nothing) as (keyof typeof nothing)[];
      const previous = Object.fromEntries(names.map((name) => [name, entry[name]]));
      return [`${kind} ${version}`, previous];
    });
  };
  return { ...database, id, logged };
}

/** Returns an INSERT of a product in SQL, without its end. */
function insertOf(id: string, verb = 'INSERT'): string {
  return `${verb} INTO products
    (id, name, description, price_units, stock_quantity, created_at, updated_at)
    SELECT '${id}', 'Torch', '', 1, 0, created_at, updated_at FROM products
    WHERE id = '${id}'`;
}

describeDialects(({ open, emptyUrl }) => {
  test('a creation has no values before it, a deletion all', async () => {
    const { client, id, logged } = await withLamp(open);
    await client.product.delete({ where: { id } });
    expect(await logged()).toEqual([
      ['create 1', nothing],
      ['delete 2', wholeLamp],
    ]);
  });

  test('an update has the values of the fields that it changed', async () => {
    const { client, id, logged } = await withLamp(open);
    const updatedAt = new Date(1_790_000_001_000);
    const update = (data: object) =>
      client.product.update({ where: { id }, data: { ...data, version: { increment: 1 } } });
    await update({ name: 'Torch', stockQuantity: 0n, updatedAt });
    await update({ description: '', priceUnits: 1n, stockQuantity: 0n });
    await update({ createdAt: updatedAt });
    await update({ name: 'Torch' });
    const since = { ...nothing, previousUpdatedAt: updatedAt };
    expect((await logged()).slice(1)).toEqual([
      [
        'update 2',
        {
          ...nothing,
          previousName: lamp.name,
          previousStockQuantity: lamp.stockQuantity,
          previousUpdatedAt: lamp.updatedAt,
        },
      ],
      [
        'update 3',
        {
          ...since,
          previousDescription: lamp.description,
          previousPriceUnits: lamp.priceUnits,
        },
      ],
      ['update 4', { ...since, previousCreatedAt: lamp.createdAt }],
      ['update 5', since],
    ]);
  });

  test('a statement by hand on many rows logs the values of each', async () => {
    const { client, sql } = await open();
    const data = Array.from({ length: 500 }, (_, index) =>
      newProduct({ name: `Lamp ${index}`, stockQuantity: BigInt(index) }),
    );
    await client.product.createMany({ data });
    await sql("UPDATE products SET name = 'Torch', stock_quantity = stock_quantity + 1");
    await sql('DELETE FROM products');
    const entries = await client.productChange.findMany({ where: { kind: { not: 'create' } } });
    const found = new Set(
      entries.map(
        ({ kind, productId, version, previousName, previousStockQuantity }) =>
          `${kind} ${version} ${productId} ${previousName} ${previousStockQuantity}`,
      ),
    );
    expect(found).toEqual(
      new Set(
        data.flatMap(({ id, name, stockQuantity }) => [
          `update 2 ${id} ${name} ${stockQuantity}`,
          `delete 3 ${id} Torch ${stockQuantity + 1n}`,
        ]),
      ),
    );
  });

  test('an upsert by hand logs what it did', async () => {
    const { sql, id, logged } = await withLamp(open);
    await sql(`${insertOf(id)} ON CONFLICT (id) DO NOTHING`);
    await sql(`${insertOf(id)} ON CONFLICT (id) DO UPDATE SET name = excluded.name`);
    await sql('DELETE FROM products');
    await sql(`INSERT INTO products
      (id, name, description, price_units, stock_quantity, created_at, updated_at)
      SELECT '${id}', 'Torch', '', 1, 0, changed_at, changed_at FROM product_changes
      WHERE kind = 'delete'`);
    const updated = { ...nothing, previousName: lamp.name, previousUpdatedAt: lamp.updatedAt };
    expect(await logged()).toEqual([
      ['create 1', nothing],
      ['update 2', updated],
      ['delete 3', { ...wholeLamp, previousName: 'Torch' }],
      ['create 4', nothing],
    ]);
  });

  test('a catalog from before the history keeps its entries, without values', async () => {
    const url = await emptyUrl();
    const name = '20261130100000_history';
    await migrate({ url, migrationsFolder: migrationsBefore(name, dialectOf(url)) });
    const id = randomUUID();
    const earlier = await openDatabase({ url });
    const time = dialectOf(url) === 'sqlite' ? '0' : 'now()';
    await earlier.client.$executeRawUnsafe(`
      INSERT INTO products
        (id, name, description, price_units, stock_quantity, created_at, updated_at)
      VALUES ('${id}', 'Lamp', '', 1, 0, ${time}, ${time})`);
    await earlier.client.$executeRawUnsafe("UPDATE products SET name = 'Torch'");
    const head = await earlier.changeLog.head();
    await earlier.close();

    expect(await migrate({ url })).toContain(name);
    const { client, changeLog, close } = await openDatabase({ url });
    onTestFinished(close);
    expect(await client.metadata.findUnique({ where: { key: 'relay_start' } })).toMatchObject({
      value: '1',
    });
    expect(await changeLog.head()).toEqual(head);
    await client.product.delete({ where: { id } });
    expect((await changeLog.head()).seq).toBe(3);
    const entries = await client.productChange.findMany({ orderBy: { version: 'asc' } });
    expect(
      entries.map(({ kind, version, previousName, previousUpdatedAt }) => {
        return [kind, Number(version), previousName, previousUpdatedAt !== null];
      }),
    ).toEqual([
      ['create', 1, null, false],
      ['update', 2, null, false],
      ['delete', 3, 'Torch', true],
    ]);
  });
});

test.each(['OFF', 'ON'])(
  'INSERT OR REPLACE logs what it replaced, with recursive triggers %s',
  async (recursive) => {
    const { file, id, logged, client } = await withLamp(temporaryDatabase);
    const connection = connectTo(file);
    connection.pragma(`recursive_triggers = ${recursive}`);
    connection.exec(`${insertOf(id)} ON CONFLICT (id) DO NOTHING`);
    connection.exec(insertOf(id, 'INSERT OR IGNORE'));
    connection.exec(`UPDATE products SET name = 'Desk'; ${insertOf(id, 'INSERT OR REPLACE')};
    ${insertOf(id, 'REPLACE')}`);
    const desk = { ...wholeLamp, previousName: 'Desk' };
    const torch = {
      ...wholeLamp,
      previousName: 'Torch',
      previousDescription: '',
      previousPriceUnits: 1n,
      previousStockQuantity: 0n,
    };
    const replaced = [
      ['create 3', desk],
      ['create 4', torch],
    ];
    const deletedFirst = [
      ['delete 3', desk],
      ['create 4', nothing],
      ['delete 5', torch],
      ['create 6', nothing],
    ];
    expect((await logged()).slice(2)).toEqual(recursive === 'ON' ? deletedFirst : replaced);
    const left = await client.$queryRaw`SELECT * FROM product_replacements`;
    expect(left).toEqual([]);
  },
);
