import { describeWith } from '@product-api/testing/describe-with';
import { expect, test } from 'vitest';
import { newProduct } from './new-product.js';
import {
  connectTo,
  describeDialects,
  postgresqlDatabases,
  temporaryDatabase,
} from './temporary-database.js';

describeDialects(({ open }) => {
  test.each([
    [
      'a UUID of version 1',
      { id: 'a0000000-0000-1000-8000-000000000000' },
      'products_id_is_a_uuid_v4',
    ],
    [
      'a UUID of another variant',
      { id: 'a0000000-0000-4000-7000-000000000000' },
      'products_id_is_a_uuid_v4',
    ],
    ['an empty name', { name: '' }, 'products_name_has_1_to_200_characters'],
    [
      'a name of 201 characters',
      { name: 'x'.repeat(201) },
      'products_name_has_1_to_200_characters',
    ],
    ['a blank name', { name: ' \t\n\u00a0\u2003\u3000\ufeff' }, 'products_name_is_not_blank'],
    [
      'a description of 10,001 characters',
      { description: 'x'.repeat(10_001) },
      'products_description_has_at_most_10000_characters',
    ],
    ['a price of zero', { priceUnits: 0n }, 'products_price_units_is_positive_and_below_10_to_15'],
    [
      'a price of 10^11',
      { priceUnits: 1_000_000_000_000_000n },
      'products_price_units_is_positive_and_below_10_to_15',
    ],
    ['a negative stock', { stockQuantity: -1n }, 'products_stock_quantity_is_a_safe_integer'],
    ['a stock of 2^53', { stockQuantity: 2n ** 53n }, 'products_stock_quantity_is_a_safe_integer'],
    ['a version of 0', { version: 0n }, 'products_version_is_below_2_to_53'],
  ])('%s is refused', async (_, replaced, constraint) => {
    const { client } = await open();
    await expect(client.product.create({ data: newProduct(replaced) })).rejects.toThrow(constraint);
  });

  test('values at the limits are accepted', async () => {
    const { client } = await open();
    const largest = {
      name: '💡'.repeat(200),
      description: 'x'.repeat(10_000),
      priceUnits: 999_999_999_999_999n,
      stockQuantity: 2n ** 53n - 1n,
    };
    await client.product.create({ data: newProduct(largest) });
    await client.product.create({ data: newProduct({ name: 'x' }) });
    expect(await client.product.count()).toBe(2);
  });

  test('an id never changes', async () => {
    const { client, sql } = await open();
    await client.product.create({ data: newProduct() });
    const change = sql("UPDATE products SET id = 'a0000000-0000-4000-8000-000000000000'");
    await expect(change).rejects.toThrow('products.id never changes');
  });
});

test.each([
  ['an id that is not a UUID', { id: 'x' }, 'products_id_is_a_uuid_v4'],
  ['an id of hyphens', { id: '--------------4----8----------------' }, 'products_id_is_a_uuid_v4'],
  ['an upper-case id', { id: 'A0000000-0000-4000-8000-000000000000' }, 'products_id_is_a_uuid_v4'],
  ['a name with a NUL', { name: 'a\0b' }, 'products_name_has_1_to_200_characters'],
])('SQLite refuses %s', async (_, replaced, constraint) => {
  const { client } = await temporaryDatabase();
  await expect(client.product.create({ data: newProduct(replaced) })).rejects.toThrow(constraint);
});

test.each([
  ['price_units', '1.5', 'products_price_units'],
  ['stock_quantity', "'many'", 'products_stock_quantity'],
  ['name', "x'4c616d70'", 'products_name'],
  ['created_at', 'CURRENT_TIMESTAMP', 'products_times_are_integers'],
])('SQLite refuses a value of another type in %s', async (column, value, constraint) => {
  const { client, file } = await temporaryDatabase();
  await client.product.create({ data: newProduct() });
  const sql = `UPDATE products SET version = version + 1, ${column} = ${value}`;
  expect(() => connectTo(file).exec(sql)).toThrow(constraint);
});

describeWith('postgres')('PostgreSQL', () => {
  const open = postgresqlDatabases();

  test.each([
    ['an id that is not a UUID', { id: 'x' }],
    ['a name with a NUL', { name: 'a\0b' }],
    ['a description with a NUL', { description: 'a\0b' }],
  ])('refuses %s', async (_, replaced) => {
    const { client, failureOf } = await open();
    const data = newProduct(replaced);
    const failure = await client.product.create({ data }).catch((error: unknown) => error);
    expect(failureOf(failure)).toBe('constraint');
  });

  test.each([
    [
      'an infinite time',
      "UPDATE products SET created_at = 'infinity'",
      'products_times_are_finite',
    ],
    ['TRUNCATE', 'TRUNCATE products', 'use DELETE'],
  ])('refuses %s', async (_, statement, message) => {
    const { client, sql } = await open();
    await client.product.create({ data: newProduct() });
    await expect(sql(statement)).rejects.toThrow(message);
  });
});
