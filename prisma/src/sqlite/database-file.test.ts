import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { DatabaseUrlError } from '../errors/database-errors.js';
import { databaseFile } from './database-file.js';

test.each([
  ['file:catalog.db', 'catalog.db'],
  ['file:./data/catalog.db', './data/catalog.db'],
  ['file:/data/catalog.db', '/data/catalog.db'],
  ['file:///data/catalog.db', '/data/catalog.db'],
  ['file://localhost/data/catalog.db', '/data/catalog.db'],
  ['file:C:/data/@shop/catalog.db', 'C:/data/@shop/catalog.db'],
  ['file:/data/my%20catalog.db', '/data/my catalog.db'],
])('%s names the file %s', (url, file) => {
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
  'postgresql://user:secret@127.0.0.1/catalog',
  'libsql://catalog.example?authToken=secret',
  'file:postgresql://user:secret@127.0.0.1/catalog',
  'file:user:secret@127.0.0.1/catalog',
  'file:user%3Asecret%40127.0.0.1/catalog',
  'file:catalog.db?authToken=secret',
  'user:secret@127.0.0.1',
])('%j is refused without repeating it', (url) => {
  expect(() => databaseFile(url)).toThrow(DatabaseUrlError);
  expect(inspect(failureOf(() => databaseFile(url)))).not.toContain('secret');
});

function failureOf(action: () => void): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
