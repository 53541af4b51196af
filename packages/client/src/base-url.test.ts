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

test('an error message never repeats credentials', () => {
  const withScheme = () => normalizeBaseUrl('http://user:secret@example.com');
  expect(withScheme).toThrow('credentials');
  expect(withScheme).not.toThrow('secret');
  const withoutScheme = () => normalizeBaseUrl('user:secret@example.com');
  expect(withoutScheme).toThrow('http://');
  expect(withoutScheme).not.toThrow('secret');
});
