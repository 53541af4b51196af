import { expect, test } from 'vitest';
import { bearerToken } from './bearer-token.js';

test.each([
  ['Bearer abc', 'abc'],
  ['bearer  a.b~c+/= ', 'a.b~c+/='],
  ['BEARER a b', 'a b'],
])('%j has a token', (header, token) => expect(bearerToken(header)).toBe(token));

test.each(['', 'Bearer', 'Bearer ', 'Bearera', 'Basic YTpi', 'abc', ' Bearer a', 'x Bearer a'])(
  '%j has none',
  (header) => expect(bearerToken(header)).toBeUndefined(),
);
