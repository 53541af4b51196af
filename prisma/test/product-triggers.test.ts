import { expect, test } from 'vitest';
import { newProduct } from './new-product.js';
import { connectTo, temporaryDatabase } from './temporary-database.js';

async function databaseWithLamp() {
  const database = await temporaryDatabase();
  const lamp = newProduct();
  await database.client.product.create({ data: lamp });
  const logged = async () =>
    (await database.changeLog.read(0, 100)).map(
      ({ productId, kind, version }) =>
        `${productId === lamp.id ? '' : 'other '}${kind} ${version}`,
    );
  const version = async () =>
    (await database.client.product.findUniqueOrThrow({ where: { id: lamp.id } })).version;
  return { ...database, connection: connectTo(database.file), lamp, logged, version };
}

test('a creation, a change and a deletion are logged, each with its version', async () => {
  const { client, lamp, logged } = await databaseWithLamp();
  await client.product.update({
    where: { id: lamp.id },
    data: { name: 'Lantern', version: { increment: 1 } },
  });
  await client.product.delete({ where: { id: lamp.id } });
  expect(await logged()).toEqual(['create 1', 'update 2', 'delete 3']);
});

test('a trigger raises the version when raw SQL does not, and logs the change once', async () => {
  const { connection, logged, version } = await databaseWithLamp();
  connection.exec("UPDATE products SET name = 'Lantern'");
  expect(await version()).toBe(2n);
  connection.exec("UPDATE products SET name = 'Torch', version = 1");
  expect(await version()).toBe(3n);
  expect(await logged()).toEqual(['create 1', 'update 2', 'update 3']);
});

test('the version is raised once even when a connection enables recursive triggers', async () => {
  const { connection, logged, version } = await databaseWithLamp();
  connection.pragma('recursive_triggers = ON');
  connection.exec("UPDATE products SET name = 'Lantern'");
  expect(await version()).toBe(2n);
  expect(await logged()).toEqual(['create 1', 'update 2']);
});

test('a higher version set by the writer is kept', async () => {
  const { connection, logged, version } = await databaseWithLamp();
  connection.exec("UPDATE products SET name = 'Lantern', version = 9");
  expect(await version()).toBe(9n);
  expect(await logged()).toEqual(['create 1', 'update 9']);
});

test('a version cannot be lowered', async () => {
  const { connection, version } = await databaseWithLamp();
  connection.exec('UPDATE products SET version = 7');
  connection.exec('UPDATE products SET version = 2');
  expect(await version()).toBe(8n);
});

test('a statement on many rows logs every row', async () => {
  const { client, connection, changeLog } = await databaseWithLamp();
  await client.product.createMany({ data: Array.from({ length: 999 }, () => newProduct()) });
  connection.exec('UPDATE products SET stock_quantity = 5');
  expect((await changeLog.head()).seq).toBe(2000);
  connection.exec('DELETE FROM products');
  const changes = await changeLog.read(0, 5000);
  expect(new Set(changes.slice(1000, 2000).map(({ productId }) => productId)).size).toBe(1000);
  expect(changes.filter(({ kind, version }) => kind === 'delete' && version === 3)).toHaveLength(
    1000,
  );
});

test('a product with a reused id gets a version above that of the deletion', async () => {
  const { client, lamp, logged, version } = await databaseWithLamp();
  await client.product.delete({ where: { id: lamp.id } });
  await client.product.create({ data: lamp });
  expect(await version()).toBe(3n);
  expect(await logged()).toEqual(['create 1', 'delete 2', 'create 3']);
});

test('a replaced row gets a version above the previous one', async () => {
  const { connection, logged, version } = await databaseWithLamp();
  connection.exec("UPDATE products SET name = 'Lantern'");
  connection.exec(`
    REPLACE INTO products (id, name, description, price_units, stock_quantity, created_at, updated_at)
    SELECT id, 'Torch', '', 1, 0, 0, 0 FROM products`);
  expect(await version()).toBe(3n);
  expect(await logged()).toEqual(['create 1', 'update 2', 'create 3']);
});

test('an upsert is logged as the change that it made', async () => {
  const { connection, logged } = await databaseWithLamp();
  const copy = `
    INSERT INTO products (id, name, description, price_units, stock_quantity, created_at, updated_at)
    SELECT id, 'Torch', '', 1, 0, 0, 0 FROM products WHERE true`;
  connection.exec(`${copy} ON CONFLICT (id) DO NOTHING`);
  connection.exec(`${copy} ON CONFLICT (id) DO UPDATE SET name = excluded.name`);
  expect(await logged()).toEqual(['create 1', 'update 2']);
});

test('a change of any column is logged', async () => {
  const { connection, changeLog } = await databaseWithLamp();
  const columns = connection
    .prepare("SELECT name FROM pragma_table_info('products') WHERE name NOT IN ('id', 'version')")
    .pluck()
    .all();
  expect(columns.length).toBeGreaterThan(0);
  for (const column of columns) {
    const { seq } = await changeLog.head();
    connection.exec(`UPDATE products SET ${String(column)} = ${String(column)}`);
    expect(await changeLog.head(), String(column)).toMatchObject({ seq: seq + 1 });
  }
});
