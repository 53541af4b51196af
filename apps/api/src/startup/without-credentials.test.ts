import { expect, test } from 'vitest';
import { withoutCredentials } from './without-credentials.js';

test.each([
  ['file:./data/catalog.db', 'file:./data/catalog.db'],
  ['file:/data/my catalog.db', 'file:/data/my catalog.db'],
  ['file:///data/catalog.db', 'file:///data/catalog.db'],
  ['file://localhost/data/catalog.db', 'file://localhost/data/catalog.db'],
  ['redis://cache', 'redis://cache'],
  ['rediss://user:secret@cache:6380/1', 'rediss://cache:6380/1'],
  ['redis://:secret@[::1]:6379', 'redis://[::1]:6379'],
  ['redis://user:secret@word@cache', 'redis://cache'],
  ['redis://cache/0?password=secret', 'redis://cache/0'],
  ['postgres://user:secret@db/catalog', 'postgres://db/catalog'],
  ['postgresql://user:sec%2Fret@db:6432/catalog?sslmode=require', 'postgresql://db:6432/catalog'],
  ['postgres://user:secret@word@db/catalog', 'postgres://db/catalog'],
])('%s is shown as %s', (url, shown) => {
  expect(withoutCredentials(url)).toBe(shown);
});

test.each([
  '',
  'secret',
  'user:secret@cache',
  'redis//user:secret@cache',
  'redis:/user:secret@cache',
  'redis:user:secret@cache',
  'redis://:secret@cache:99999',
  'redis://user:1/secret@cache',
  'redis://user:1?secret@cache',
  'redis://user:1#secret@cache',
  'redis://user:1/secret',
  'redis://cache/secret',
  ' redis://:sec ret@cache:x',
  'libsql://catalog.example?authToken=secret',
  'postgres://user:1/secret@db/catalog',
  'postgres://user:1?secret@db/catalog',
  'postgres://user:1#secret@db/catalog',
  'postgres://user:secret@/catalog',
  'postgres://user:secret@db:99999/catalog',
  'postgres:/user:secret@db/catalog',
  'postgres:user:secret@db/catalog',
  'postgres//user:secret@db/catalog',
  'file:postgres://user:secret@cache/catalog',
  'file:user:secret@cache/catalog',
  'file://user:secret@cache/catalog',
  'file:catalog.db?authToken=secret',
  'file:catalog.db#secret',
])('%j is hidden', (url) => {
  const shown = withoutCredentials(url);
  expect(shown).toBe('(not shown: it may hold a password)');
});
