import { expect, test } from 'vitest';
import { bearerToken } from './bearer-token.js';

test.each([
  ['Bearer abc', 'abc'],
  ['bearer  a.b~c+/= ', 'a.b~c+/='],
  ['BEARER !"#$', '!"#$'],
])('%j has a token', (header, token) => expect(bearerToken(header)).toBe(token));

test.each([
  '',
  'Bearer',
  'Bearer ',
  'Bearer a b',
  'Bearera',
  'Basic YTpi',
  'abc',
  'Bearer é',
  'x Bearer a',
])('%j has none', (header) => expect(bearerToken(header)).toBeUndefined());
