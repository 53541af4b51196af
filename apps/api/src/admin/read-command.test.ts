import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readCommand } from './read-command.js';

const wordsOf = (line: string) => line.split(' ').filter((word) => word !== '');

test.each([
  ['migrate', { name: 'migrate' }],
  ['backup a.db', { name: 'backup', file: resolve('a.db'), overwrite: false }],
  ['backup --overwrite a.db', { name: 'backup', file: resolve('a.db'), overwrite: true }],
  ['restore a.db', { name: 'restore', file: resolve('a.db') }],
  ['copy-database --from file:a.db', { name: 'copy-database', from: 'file:a.db', to: undefined }],
])('the command line "%s" is a command', (line, command) => {
  expect(readCommand(wordsOf(line))).toEqual(command);
});

test.each([
  '',
  'migrate other.db',
  'migrate --overwrite',
  'migrate --force',
  'backup',
  'restore',
  'backup a.db b.db',
  'copy a.db',
  'copy-database',
  'copy-database --from a.db b.db',
  'backup a.db --from b.db',
])('the command line "%s" is not', (line) => {
  expect(readCommand(wordsOf(line))).toBeUndefined();
});
