import { expect, test } from 'vitest';
import { hidePasswords } from './hide-passwords.js';

test.each([
  ["error: unknown command 'http://me:secret@host'", "error: unknown command 'http:…@host'"],
  ['open me:sec ret@host/x', 'open me:…@host/x'],
  ['open http://me:secret@secret@host', 'open http:…@host'],
  [
    'GET http://host/products/http%3A%2F%2Fme%3Asecret%40x returned 404',
    'GET http:…@x returned 404',
  ],
])('%s is shown as %s', (message, shown) => {
  expect(hidePasswords(message)).toBe(shown);
});

test.each([
  'error: me@example.com is not a number',
  'error: GET http://host/products returned 404',
])('%s is shown as it is', (message) => {
  expect(hidePasswords(message)).toBe(message);
});
