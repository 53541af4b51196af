import { expect, test } from 'vitest';
import { parseHeader, requestHeaders } from './headers.js';

test.each([
  ['Authorization: Bearer abc', ['Authorization', 'Bearer abc']],
  ['X-Shop:1', ['X-Shop', '1']],
  ['X-Time: 12:30', ['X-Time', '12:30']],
  ['X-Empty:', ['X-Empty', '']],
])('%s is a header', (text, header) => {
  expect(parseHeader(text)).toEqual(header);
});

test.each([
  ['secret', "must be 'Name: value'"],
  [': secret', "must be 'Name: value'"],
  ['My Name: secret', "must be 'Name: value'"],
  ['X-Name: secret\u2026', 'The value of the header X-Name must have ASCII characters only'],
  ['X-Name: secret\nX: 1', 'The value of the header X-Name must have ASCII characters only'],
])('%j is refused without its value', (text, message) => {
  expect(() => parseHeader(text)).toThrow(message);
  expect(() => parseHeader(text)).not.toThrow('secret');
});

test('headers of the command line replace those of the environment', () => {
  const environment = 'Authorization: Bearer abc\nX-Shop: 1\n';
  expect(requestHeaders(environment, [])).toEqual({ authorization: 'Bearer abc', 'x-shop': '1' });
  expect(
    requestHeaders(environment, [
      ['x-shop', '2'],
      ['X-Shop', '3'],
    ]),
  ).toEqual({ authorization: 'Bearer abc', 'x-shop': '2, 3' });
});
