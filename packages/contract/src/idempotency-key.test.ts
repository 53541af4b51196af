import { expect, test } from 'vitest';
import { idempotencyKeySchema } from './idempotency-key.js';

test.each([
  ['"8e03978e-40d5-43e8-bc93-6894a57f9324"', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
  ['8e03978e-40d5-43e8-bc93-6894a57f9324', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
  ['"a,b;c"', 'a,b;c'],
  [String.raw`"say \"hi\" \\ bye"`.replaceAll(' ', '_'), String.raw`say_"hi"_\_bye`],
  ['a', 'a'],
  ['order:17/line=3+4', 'order:17/line=3+4'],
  [`"${'k'.repeat(255)}"`, 'k'.repeat(255)],
  ['k'.repeat(255), 'k'.repeat(255)],
  [`"${String.raw`\\`.repeat(255)}"`, '\\'.repeat(255)],
])('%s is the key %s', (header, key) => {
  expect(idempotencyKeySchema.parse(header)).toBe(key);
});

test.each([
  '',
  ' ',
  '""',
  '"a',
  'a"',
  '"a"b"',
  '"a", "b"',
  'a, b',
  'a,b',
  'a;b',
  '"a";b=1',
  'a b',
  '"a b"',
  String.raw`"a\b"`,
  String.raw`a\b`,
  'ä',
  '"ä"',
  'a\t',
  'k'.repeat(256),
  `"${'k'.repeat(256)}"`,
])('%j is not a key', (header) => {
  expect(idempotencyKeySchema.safeParse(header).error?.issues).toEqual([
    expect.objectContaining({ message: expect.stringContaining('1 to 255 visible ASCII') }),
  ]);
});

test('a request does not need a key', () => {
  expect(idempotencyKeySchema.parse(undefined)).toBeUndefined();
});
