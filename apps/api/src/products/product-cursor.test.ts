import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './product-cursor.js';

test.each([
  { sort: 'name', value: 'Äpfel "🐭"', id: 'a' },
  { sort: '-price', value: 999_999_999_999_999, id: 'b' },
] as const)('a cursor of $sort survives encoding and decoding', (cursor) => {
  const text = encodeCursor(cursor);
  expect(text).toMatch(/^[\w-]+$/);
  expect(decodeCursor(text, cursor.sort)).toEqual(cursor);
});

test.each([
  ['not a cursor', 'abc'],
  ['of another sort', encodeCursor({ sort: '-price', value: 1, id: 'b' })],
  ['with a value of another type', encodeCursor({ sort: 'price', value: 'x', id: 'b' })],
  ['with a negative value', encodeCursor({ sort: 'price', value: -1, id: 'b' })],
])('a cursor that is %s is refused', (_title, text) => {
  expect(() => decodeCursor(text, 'price')).toThrow('Validation error');
});
