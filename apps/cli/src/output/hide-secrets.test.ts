import { expect, test } from 'vitest';
import { hideSecrets } from './hide-secrets.js';

test.each([
  ["error: unknown command 'http://me:secret@host'", "error: unknown command 'http:…@host'"],
  ['open me:sec ret@host/x', 'open me:…@host/x'],
  ['open http://me:secret@secret@host', 'open http:…@host'],
  [
    "error: unknown command 'pk_k7Qm2xVd9TzR_se-cr_et0'",
    "error: unknown command 'pk_k7Qm2xVd9TzR_…'",
  ],
  [
    'GET http://host/products/pk_1_secret?q=pk_2_x returned 404',
    'GET http://host/products/pk_1_…?q=pk_2_… returned 404',
  ],
  [
    'GET http://host/products/http%3A%2F%2Fme%3Asecret%40x returned 404',
    'GET http:…@x returned 404',
  ],
])('%s is shown as %s', (message, shown) => {
  expect(hideSecrets(message)).toBe(shown);
});

test.each([
  'error: me@example.com is not a number',
  'error: GET http://host/products returned 404',
])('%s is shown as it is', (message) => {
  expect(hideSecrets(message)).toBe(message);
});
