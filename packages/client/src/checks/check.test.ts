import { describe, expect, test } from 'vitest';
import * as check from './check.js';
import { MismatchError } from './mismatch-error.js';

const item: check.Check<{ id: string; note?: string | undefined }> = check.object({
  id: check.string({ pattern: /^[a-z]+$/ }),
  note: check.optional(check.string()),
});

test('an object keeps the declared fields only, in the declared order', () => {
  const received = { added_later: 1, note: 'n', id: 'a' };
  const checked = item(received, '');
  expect(checked).toStrictEqual({ id: 'a', note: 'n' });
  expect(Object.keys(checked)).toEqual(['id', 'note']);
});

test('an optional field may be absent', () => {
  expect(item({ id: 'a' }, '')).toStrictEqual({ id: 'a' });
});

test('the message has the path of the value, and never the value itself', () => {
  const fault = () => check.array(item)([{ id: 'a' }, { id: 'SECRET' }], 'items');
  expect(fault).toThrow(MismatchError);
  expect(fault).toThrow('items.1.id: expected text that matches /^[a-z]+$/, got other text');
  expect(fault).not.toThrow('SECRET');
});

describe.each<[string, check.Check<unknown>, unknown[], unknown[]]>([
  ['string', check.string({ minLength: 1, maxLength: 2 }), ['a', '🐭🐭'], ['', 'abc', 1, null]],
  ['number', check.number({ min: 0, below: 10 }), [0, 9.99], [-1, 10, '1', undefined]],
  ['integer', check.number({ integer: true, max: 3 }), [-1, 3], [1.5, 4, true]],
  ['boolean', check.boolean(), [true, false], [0, 'true', null]],
  ['one of', check.oneOf('ok', 'full'), ['ok', 'full'], ['OK', '', undefined]],
  ['nullable', check.nullable(check.string()), ['a', null], [undefined, 1]],
  ['array', check.array(check.number()), [[], [1, 2]], [{}, ['1'], null]],
  ['object', item, [{ id: 'a' }], [[], null, 'a', {}, { id: 1 }]],
])('%s', (_, checked, valid, invalid) => {
  test.each(valid.map((value) => [value]))('%j is accepted', (value) => {
    expect(checked(value, '')).toEqual(value);
  });

  test.each(invalid.map((value) => [value]))('%j is refused', (value) => {
    expect(() => checked(value, '')).toThrow(MismatchError);
  });
});
