import { Command } from 'ioredis';
import { expect, test } from 'vitest';
import { mgetOfEqualLengths } from './mget-command.js';

test('the text is that of ioredis', () => {
  const keys = Array.from({ length: 200 }, (_, index) => `note:${index + 1000}\r\n`);
  const command = mgetOfEqualLengths(keys);
  expect(command?.toWritable()).toBe(new Command('mget', keys).toWritable({}));
});

test.each([
  ['different lengths', ['note:1', 'note:10']],
  ['characters of several bytes', ['note:1', 'note:ä']],
])('keys with %s are left to ioredis', (_, keys) => {
  expect(mgetOfEqualLengths(keys)).toBeUndefined();
});
