import { expect, test } from 'vitest';
import { count, decimal, seconds } from './number-options.js';

test.each([
  [decimal('Price'), '-5.25', -5.25],
  [count('Limit'), '20', 20],
  [seconds('Timeout'), '0.5', 0.5],
])('parser %# accepts %s', (parse, text, value) => {
  expect(parse(text)).toBe(value);
});

test.each([
  [decimal('Price'), 'abc', 'Price must be a number: abc'],
  [decimal('Price'), '1e3', 'Price must be a number: 1e3'],
  [count('Limit'), '1.5', 'Limit must be a whole number above zero: 1.5'],
  [seconds('Timeout'), '0', 'Timeout must be above zero seconds: 0'],
])('parser %# refuses %s and says what it must be', (parse, text, message) => {
  expect(() => parse(text)).toThrow(message);
});
