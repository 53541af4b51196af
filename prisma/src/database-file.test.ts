import { expect, test } from 'vitest';
import { databaseFile } from './database-file.js';
import { DatabaseUrlError } from './errors/database-url-error.js';

test.each([
  ['file:catalog.db', 'catalog.db'],
  ['file:./data/catalog.db', './data/catalog.db'],
  ['file:/data/catalog.db', '/data/catalog.db'],
  ['file:///data/catalog.db', '/data/catalog.db'],
  ['file://localhost/data/catalog.db', '/data/catalog.db'],
  ['file:/data/my%20catalog.db', '/data/my catalog.db'],
])('%s is the file %s', (url, file) => {
  expect(databaseFile(url)).toBe(file);
});

test.each([
  '',
  'catalog.db',
  ':memory:',
  'file:',
  'file::memory:',
  'file:%E0%A4%A',
  'file://elsewhere/catalog.db',
  'file:catalog.db?mode=ro',
  'libsql://catalog.example',
  'postgresql://127.0.0.1/catalog',
])('%j is refused', (url) => {
  expect(() => databaseFile(url)).toThrow(DatabaseUrlError);
});
