import { expect, test } from 'vitest';
import { type AskedFor, fingerprintOf } from './fingerprint.js';

const asked: AskedFor = {
  method: 'PUT',
  path: '/products/1',
  query: { a: '1', b: '2' },
  body: { price: 1, tags: ['x', { y: 1, z: null }] },
  ifMatch: '"v1"',
  ifNoneMatch: undefined,
};

test('is 256 bits in base64url', () => {
  expect(fingerprintOf(asked)).toMatch(/^[\w-]{43}$/);
});

test('the order of fields does not matter', () => {
  const same = {
    ...asked,
    query: { b: '2', a: '1' },
    body: { tags: ['x', { z: null, y: 1 }], price: 1 },
  };
  expect(fingerprintOf(same)).toBe(fingerprintOf(asked));
});

test.each<[string, Partial<AskedFor>]>([
  ['method', { method: 'POST' }],
  ['path', { path: '/products/2' }],
  ['query', { query: { a: '1', b: '3' } }],
  ['body', { body: { price: 2, tags: ['x', { y: 1, z: null }] } }],
  ['order of a list', { body: { price: 1, tags: [{ y: 1, z: null }, 'x'] } }],
  ['If-Match', { ifMatch: '"v2"' }],
  ['If-None-Match', { ifNoneMatch: '"v1"' }],
  ['header of the same tag', { ifMatch: undefined, ifNoneMatch: '"v1"' }],
])('another %s is another fingerprint', (_, change) => {
  expect(fingerprintOf({ ...asked, ...change })).not.toBe(fingerprintOf(asked));
});
