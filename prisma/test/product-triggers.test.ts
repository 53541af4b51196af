import { expect, test } from 'vitest';
import type { Database, Dialect } from '../src/database.js';
import { newProduct } from './new-product.js';
import { connectTo, describeDialects, temporaryDatabase } from './temporary-database.js';

const columnNames: Record<Dialect, string> = {
  sqlite: "SELECT name FROM pragma_table_info('products')",
  postgresql:
    "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'products'",
};

async function databaseWithLamp<T extends Database>(open: () => Promise<T>) {
  const database = await open();
  const lamp = newProduct();
  await database.client.product.create({ data: lamp });
  const logged = async () => {
    // On PostgreSQL, the entries get their numbers only now.
    await database.changeLog.head();
    return (await database.changeLog.read(0, 100)).map(
      ({ productId, kind, version }) =>
        `${productId === lamp.id ? '' : 'other '}${kind} ${version}`,
    );
  };
  const version = async () =>
    (await database.client.product.findUniqueOrThrow({ where: { id: lamp.id } })).version;
  return { ...database, lamp, logged, version };
}

describeDialects(({ open }) => {
  test('a creation, a change and a deletion are logged, each with its version', async () => {
    const { client, lamp, logged } = await databaseWithLamp(open);
    await client.product.update({
      where: { id: lamp.id },
      data: { name: 'Lantern', version: { increment: 1 } },
    });
    await client.product.delete({ where: { id: lamp.id } });
    expect(await logged()).toEqual(['create 1', 'update 2', 'delete 3']);
  });

  test('a trigger raises the version when raw SQL does not, and logs the change once', async () => {
    const { sql, logged, version } = await databaseWithLamp(open);
    await sql("UPDATE products SET name = 'Lantern'");
    expect(await version()).toBe(2n);
    await sql("UPDATE products SET name = 'Torch', version = 1");
    expect(await version()).toBe(3n);
    expect(await logged()).toEqual(['create 1', 'update 2', 'update 3']);
  });

  test('a higher version set by the writer is kept', async () => {
    const { sql, logged, version } = await databaseWithLamp(open);
    await sql("UPDATE products SET name = 'Lantern', version = 9");
    expect(await version()).toBe(9n);
    expect(await logged()).toEqual(['create 1', 'update 9']);
  });

  test('a version cannot be lowered', async () => {
    const { sql, version } = await databaseWithLamp(open);
    await sql('UPDATE products SET version = 7');
    await sql('UPDATE products SET version = 2');
    expect(await version()).toBe(8n);
  });

  test('a statement on many rows logs every row', async () => {
    const { client, sql, changeLog } = await databaseWithLamp(open);
    await client.product.createMany({ data: Array.from({ length: 999 }, () => newProduct()) });
    await sql('UPDATE products SET stock_quantity = 5');
    expect((await changeLog.head()).seq).toBe(2000);
    await sql('DELETE FROM products');
    expect((await changeLog.head()).seq).toBe(3000);
    const changes = await changeLog.read(0, 5000);
    expect(new Set(changes.slice(1000, 2000).map(({ productId }) => productId)).size).toBe(1000);
    expect(changes.filter(({ kind, version }) => kind === 'delete' && version === 3)).toHaveLength(
      1000,
    );
  });

  test('a product with a reused id gets a version above that of the deletion', async () => {
    const { client, lamp, logged, version } = await databaseWithLamp(open);
    await client.product.delete({ where: { id: lamp.id } });
    await client.product.create({ data: lamp });
    expect(await version()).toBe(3n);
    expect(await logged()).toEqual(['create 1', 'delete 2', 'create 3']);
  });

  test('an upsert is logged as the change that it made', async () => {
    const { sql, logged } = await databaseWithLamp(open);
    const copy = `
    INSERT INTO products (id, name, description, price_units, stock_quantity, created_at, updated_at)
    SELECT id, 'Torch', '', 1, 0, created_at, updated_at FROM products WHERE true`;
    await sql(`${copy} ON CONFLICT (id) DO NOTHING`);
    await sql(`${copy} ON CONFLICT (id) DO UPDATE SET name = excluded.name`);
    expect(await logged()).toEqual(['create 1', 'update 2']);
  });

  test('a change of any column is logged, and raises the version', async () => {
    const { sql, changeLog, dialect, version } = await databaseWithLamp(open);
    const columns = (await sql(columnNames[dialect])).map(({ name }) => String(name));
    const notLogged = ['id', 'version', 'search_number'];
    const logged = columns.filter((name) => !notLogged.includes(name));
    expect(logged.length).toBeGreaterThan(0);
    for (const column of logged) {
      const { seq } = await changeLog.head();
      const before = await version();
      await sql(`UPDATE products SET ${column} = ${column}`);
      expect(await version(), column).toBe(before + 1n);
      expect(await changeLog.head(), column).toMatchObject({ seq: seq + 1 });
    }
  });
});

test('the version is raised once even when a connection enables recursive triggers', async () => {
  const { file, logged, version } = await databaseWithLamp(temporaryDatabase);
  const connection = connectTo(file);
  connection.pragma('recursive_triggers = ON');
  connection.exec("UPDATE products SET name = 'Lantern'");
  expect(await version()).toBe(2n);
  expect(await logged()).toEqual(['create 1', 'update 2']);
});

test('a replaced row gets a version above the previous one', async () => {
  const { file, logged, version } = await databaseWithLamp(temporaryDatabase);
  const connection = connectTo(file);
  connection.exec("UPDATE products SET name = 'Lantern'");
  connection.exec(`
    REPLACE INTO products (id, name, description, price_units, stock_quantity, created_at, updated_at)
    SELECT id, 'Torch', '', 1, 0, 0, 0 FROM products`);
  expect(await version()).toBe(3n);
  expect(await logged()).toEqual(['create 1', 'update 2', 'create 3']);
});
