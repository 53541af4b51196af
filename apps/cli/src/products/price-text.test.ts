import { expect, test } from 'vitest';
import { alignedPrices, priceText } from './price-text.js';

test.each([
  [5, '5.00'],
  [100, '100.00'],
  [29.9, '29.90'],
  [1.005, '1.005'],
  [0.0001, '0.0001'],
  [99_999_999_999.9999, '99999999999.9999'],
])('%d is written %s', (price, text) => {
  expect(priceText(price)).toBe(text);
});

test('the points of prices in a column align', () => {
  expect(alignedPrices([5, 1.2345, 100])).toEqual(['5.00  ', '1.2345', '100.00  ']);
});

test('a column without prices is empty', () => {
  expect(alignedPrices([])).toEqual([]);
});
