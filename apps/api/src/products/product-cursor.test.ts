import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './product-cursor.js';

const ID = '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b';

test.each([
  { sort: 'name', value: 'Äpfel "🐭"', id: ID },
  { sort: '-price', value: 999_999_999_999_999, id: ID },
  { sort: 'created', value: Number.MAX_SAFE_INTEGER, id: ID },
] as const)('a cursor of $sort survives encoding and decoding', (cursor) => {
  const text = encodeCursor(cursor);
  expect(text).toMatch(/^[\w-]+$/);
  expect(decodeCursor(text, cursor.sort)).toEqual(cursor);
});

test.each([
  ['not a cursor', 'abc'],
  ['of another sort', encodeCursor({ sort: '-price', value: 1, id: ID })],
  ['with a value of another type', encodeCursor({ sort: 'price', value: 'x', id: ID })],
  ['with a negative value', encodeCursor({ sort: 'price', value: -1, id: ID })],
  [
    'with a value that is not a safe integer',
    encodeCursor({ sort: 'price', value: 2 ** 53, id: ID }),
  ],
  ['with an id that is not a UUID', encodeCursor({ sort: 'price', value: 1, id: 'x' })],
  ['with an id in upper case', encodeCursor({ sort: 'price', value: 1, id: ID.toUpperCase() })],
])('a cursor that is %s is refused', (_title, text) => {
  expect(() => decodeCursor(text, 'price')).toThrow('Validation error');
});

test.each([
  ['a NUL', 'a\0b'],
  ['a lone surrogate', 'a\ud800b'],
])('a cursor of a name with %s is refused', (_title, value) => {
  const cursor = encodeCursor({ sort: 'name', value, id: ID });
  expect(() => decodeCursor(cursor, 'name')).toThrow('Validation error');
});
