import { expect, test } from 'vitest';
import { normalizeBaseUrl } from './base-url.js';

test.each([
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://localhost:8080///', 'http://localhost:8080'],
  ['HTTPS://Example.com/shop/', 'https://example.com/shop'],
])('%s is normalized to %s', (text, baseUrl) => {
  expect(normalizeBaseUrl(text)).toBe(baseUrl);
});

test.each(['localhost:8080', '/products', '', 'ftp://example.com', 'http://example.com/?a=b'])(
  '%j is refused',
  (text) => {
    expect(() => normalizeBaseUrl(text)).toThrow(TypeError);
  },
);

test.each([
  ['/', 'https://shop.example'],
  ['/catalog/', 'https://shop.example/catalog'],
  ['.', 'https://shop.example/admin'],
  ['../catalog', 'https://shop.example/catalog'],
  ['http://localhost:8080', 'http://localhost:8080'],
])('on a page of a browser, %s leads to %s', (text, baseUrl) => {
  expect(normalizeBaseUrl(text, 'https://shop.example/admin/index.html?tab=1')).toBe(baseUrl);
});

test('a URL object is accepted', () => {
  expect(normalizeBaseUrl(new URL('http://localhost:8080/shop'))).toBe(
    'http://localhost:8080/shop',
  );
});

test.each([undefined, null, ''])('%j is reported as missing', (missing) => {
  expect(() => normalizeBaseUrl(missing)).toThrow('createClient needs baseUrl');
});

test('a relative URL outside of a browser is explained', () => {
  expect(() => normalizeBaseUrl('/products')).toThrow('only browsers know');
});

test('an error message never repeats credentials', () => {
  const withScheme = () => normalizeBaseUrl('http://user:secret@example.com');
  expect(withScheme).toThrow('credentials');
  expect(withScheme).not.toThrow('secret');
  const withoutScheme = () => normalizeBaseUrl('user:secret@example.com');
  expect(withoutScheme).toThrow('http://');
  expect(withoutScheme).not.toThrow('secret');
});
