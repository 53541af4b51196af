import { expect, test } from 'vitest';
import { newProduct } from './new-product.js';
import {
  connectTo,
  describeDialects,
  type TestDatabase,
  temporaryDatabase,
} from './temporary-database.js';

async function withProduct(database: TestDatabase, stockQuantity: bigint) {
  const { id } = await database.client.product.create({ data: newProduct({ stockQuantity }) });
  /** Returns the lines of the product as `delta → quantity`. */
  const lines = async () =>
    (
      await database.sql(
        `SELECT CAST(delta AS TEXT) AS delta, CAST(quantity_after AS TEXT) AS quantity
         FROM stock_adjustments WHERE product_id = '${id}' ORDER BY line_number`,
      )
    ).map(({ delta, quantity }) => `${delta} → ${quantity}`);
  const setStock = (quantity: number) =>
    database.sql(`UPDATE products SET stock_quantity = ${quantity} WHERE id = '${id}'`);
  return { ...database, id, lines, setStock };
}

describeDialects(({ open }) => {
  test('a ledger begins at the first change of the stock, with the quantity before it', async () => {
    const { sql, lines, setStock } = await withProduct(await open(), 100n);
    await sql("UPDATE products SET name = 'Lantern', stock_quantity = 100");
    expect(await lines()).toEqual([]);
    await setStock(85);
    await setStock(0);
    await setStock(7);
    expect(await lines()).toEqual(['100 → 100', '-15 → 85', '-85 → 0', '7 → 7']);
  });

  test('the ledger of a product that had no pieces begins with the first ones', async () => {
    const { lines, setStock } = await withProduct(await open(), 0n);
    await setStock(5);
    expect(await lines()).toEqual(['5 → 5']);
  });

  test('a statement on many rows writes a line for each row', async () => {
    const { client, sql } = await withProduct(await open(), 1n);
    const data = Array.from({ length: 99 }, () => newProduct({ stockQuantity: 1n }));
    await client.product.createMany({ data });
    await sql('UPDATE products SET stock_quantity = 3');
    expect(await client.stockAdjustment.count()).toBe(200);
    expect(await client.stockAdjustment.aggregate({ _sum: { delta: true } })).toEqual({
      _sum: { delta: 300n },
    });
  });

  test('a change after the lines of an adjustment adds no line', async () => {
    const { client, id, lines, setStock } = await withProduct(await open(), 0n);
    const at = new Date();
    await client.stockAdjustment.create({
      data: { productId: id, delta: 9n, quantityAfter: 9n, reason: 'delivery', at },
    });
    await setStock(9);
    expect(await lines()).toEqual(['9 → 9']);
  });

  test('a deletion ends a ledger that has begun, and a new product of the id goes on', async () => {
    const { client, sql, id, lines, setStock } = await withProduct(await open(), 4n);
    const other = newProduct({ stockQuantity: 8n });
    await client.product.create({ data: other });
    await setStock(6);
    await sql('DELETE FROM products');
    expect(await lines()).toEqual(['4 → 4', '2 → 6', '-6 → 0']);
    await client.product.create({ data: newProduct({ id, stockQuantity: 3n }) });
    await setStock(1);
    expect((await lines()).slice(3)).toEqual(['3 → 3', '-2 → 1']);
    expect(await client.stockAdjustment.count({ where: { productId: other.id } })).toBe(0);
  });

  test('a line with a value out of its range is refused', async () => {
    const { client, id, failureOf } = await withProduct(await open(), 0n);
    const line = {
      productId: id,
      delta: 1n,
      quantityAfter: 1n,
      reason: 'x'.repeat(100),
      reference: '💡'.repeat(200),
      at: new Date(0),
    };
    const create = (data: typeof line) =>
      client.stockAdjustment.create({ data, select: { productId: true } }).catch(failureOf);
    const faults: Partial<typeof line>[] = [
      { delta: 0n },
      { delta: -(2n ** 53n) },
      { quantityAfter: -1n },
      { quantityAfter: 2n ** 53n },
      { reason: 'x'.repeat(101) },
      { reference: '💡'.repeat(201) },
      { at: new Date(Date.UTC(10_000, 0)) },
    ];
    for (const fault of faults) {
      expect(await create({ ...line, ...fault }), Object.keys(fault)[0]).toBe('constraint');
    }
    expect(await create(line)).toEqual({ productId: id });
  });
});

test('a row that is replaced has its line', async () => {
  const database = await temporaryDatabase();
  const { lines, setStock } = await withProduct(database, 4n);
  await setStock(6);
  connectTo(database.file).exec(`
    REPLACE INTO products (id, name, description, price_units, stock_quantity, created_at, updated_at)
    SELECT id, 'Torch', '', 1, 10, 0, 0 FROM products`);
  expect(await lines()).toEqual(['4 → 4', '2 → 6', '4 → 10']);
});
