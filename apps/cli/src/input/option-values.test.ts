import { expect, test } from 'vitest';
import { count, decimal, oneOf, seconds, text } from './option-values.js';

test.each([
  [decimal('Price'), '-5.25', -5.25],
  [count('Limit'), '20', 20],
  [seconds('Timeout'), '0.5', 0.5],
  [text('Name'), 'Café', 'Café'],
  [oneOf('Sort key', ['name', '-name']), '-name', '-name'],
])('parser %# accepts %s', (parse, given, value) => {
  expect(parse(given)).toBe(value);
});

test.each([
  [decimal('Price'), 'abc', 'Price must be a number: abc'],
  [decimal('Price'), '1e3', 'Price must be a number: 1e3'],
  [count('Limit'), '1.5', 'Limit must be a whole number above zero: 1.5'],
  [seconds('Timeout'), '0', 'Timeout must be above zero seconds: 0'],
  [text('Name'), 'Caf\uFFFD', 'Name must be text in UTF-8: Caf\uFFFD'],
  [oneOf('Sort key', ['name', '-name']), 'x', 'Sort key must be one of name, -name: x'],
])('parser %# refuses %s and says what it must be', (parse, given, message) => {
  expect(() => parse(given)).toThrow(message);
});
