import { expect, test } from 'vitest';
import { newProduct } from './new-product.js';
import { connectTo, temporaryDatabase } from './temporary-database.js';

test.each([
  ['an id that is not a UUID', { id: 'x' }, 'products_id_is_a_uuid_v4'],
  ['an id of hyphens', { id: '--------------4----8----------------' }, 'products_id_is_a_uuid_v4'],
  ['an upper-case id', { id: 'A0000000-0000-4000-8000-000000000000' }, 'products_id_is_a_uuid_v4'],
  [
    'a UUID of version 1',
    { id: 'a0000000-0000-1000-8000-000000000000' },
    'products_id_is_a_uuid_v4',
  ],
  ['an empty name', { name: '' }, 'products_name_has_1_to_200_characters'],
  ['a name of 201 characters', { name: 'x'.repeat(201) }, 'products_name_has_1_to_200_characters'],
  ['a name with a NUL', { name: 'a\0b' }, 'products_name_has_1_to_200_characters'],
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
  const { client } = await temporaryDatabase();
  await expect(client.product.create({ data: newProduct(replaced) })).rejects.toThrow(constraint);
});

test('values at the limits are accepted', async () => {
  const { client } = await temporaryDatabase();
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

test.each([
  ['price_units', '1.5', 'products_price_units'],
  ['stock_quantity', "'many'", 'products_stock_quantity'],
  ['name', "x'4c616d70'", 'products_name'],
  ['created_at', 'CURRENT_TIMESTAMP', 'products_times_are_integers'],
])('a value of another type in %s is refused', async (column, value, constraint) => {
  const { client, file } = await temporaryDatabase();
  await client.product.create({ data: newProduct() });
  const sql = `UPDATE products SET version = version + 1, ${column} = ${value}`;
  expect(() => connectTo(file).exec(sql)).toThrow(constraint);
});

test('an id never changes', async () => {
  const { client, file } = await temporaryDatabase();
  await client.product.create({ data: newProduct() });
  const sql = "UPDATE products SET id = 'a0000000-0000-4000-8000-000000000000'";
  expect(() => connectTo(file).exec(sql)).toThrow('products.id never changes');
});
