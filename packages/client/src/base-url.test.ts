import { expect, test } from 'vitest';
import { normalizeBaseUrl } from './base-url.js';

test.each([
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://localhost:8080///', 'http://localhost:8080'],
  ['HTTPS://Example.com/shop/', 'https://example.com/shop'],
])('%s is %s', (text, baseUrl) => {
  expect(normalizeBaseUrl(text)).toBe(baseUrl);
});

test.each(['localhost:8080', '/products', '', 'ftp://example.com', 'http://example.com/?a=b'])(
  '%j is refused',
  (text) => {
    expect(() => normalizeBaseUrl(text)).toThrow(TypeError);
  },
);

test('a refusal does not repeat the credentials', () => {
  const refused = () => normalizeBaseUrl('http://user:secret@example.com');
  expect(refused).toThrow('credentials');
  expect(refused).not.toThrow('secret');
});
