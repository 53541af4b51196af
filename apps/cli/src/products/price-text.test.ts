import { expect, test } from 'vitest';
import { alignedPrices, priceText } from './price-text.js';

test.each([
  [5, '5.00'],
  [100, '100.00'],
  [29.9, '29.90'],
  [1.005, '1.005'],
  [0.0001, '0.0001'],
  [99_999_999_999.9999, '99999999999.9999'],
])('formats %d as %s', (price, text) => {
  expect(priceText(price)).toBe(text);
});

test('aligns the decimal points of prices in a column', () => {
  expect(alignedPrices([5, 1.2345, 100])).toEqual(['5.00  ', '1.2345', '100.00  ']);
});

test('returns an empty column for no prices', () => {
  expect(alignedPrices([])).toEqual([]);
});
