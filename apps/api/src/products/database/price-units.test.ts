import { expect, test } from 'vitest';
import { fromPriceUnits, toPriceUnits } from './price-units.js';

test.each([
  [0.0001, 1],
  [1.005, 10_050],
  [29.99, 299_900],
  [1e10, 100_000_000_000_000],
  [99_999_999_999.9999, 999_999_999_999_999],
])('%d is %d ten-thousandths, and back', (price, units) => {
  expect(toPriceUnits(price)).toBe(units);
  expect(fromPriceUnits(units)).toBe(price);
});
