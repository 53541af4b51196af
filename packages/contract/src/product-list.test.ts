import { expect, test } from 'vitest';
import { listProductsQuerySchema } from './product-list.js';

test('an empty query has the defaults', () => {
  expect(listProductsQuerySchema.parse({})).toEqual({ limit: 20, sort: 'created' });
});

test('query parameters are converted to numbers and booleans', () => {
  const query = { limit: '200', in_stock: 'false', min_price: '0', max_price: '9.9999' };
  expect(listProductsQuerySchema.parse(query)).toEqual({
    limit: 200,
    sort: 'created',
    in_stock: false,
    min_price: 0,
    max_price: 9.9999,
  });
});

test('a parameter that lists do not have is refused, beside every other fault', () => {
  const { error } = listProductsQuerySchema.safeParse({
    page: '2',
    min_price: '2',
    max_price: '1',
  });
  expect(error?.issues).toMatchObject([
    { code: 'unrecognized_keys', keys: ['page'] },
    { path: ['min_price'], message: expect.stringContaining('max_price, which is 1') },
  ]);
});

test.each([
  ['limit', '0'],
  ['limit', '201'],
  ['limit', '1.5'],
  ['limit', ''],
  ['limit', '0x10'],
  ['limit', ['1', '2']],
  ['sort', 'weight'],
  ['in_stock', 'yes'],
  ['min_price', '-1'],
  ['min_price', '1.00001'],
  ['max_price', '1e400'],
  ['cursor', 'x'.repeat(4097)],
])('%s=%s is refused', (name, value) => {
  const { error } = listProductsQuerySchema.safeParse({ [name]: value });
  expect(error?.issues.map((issue) => issue.path)).toEqual([[name]]);
});
