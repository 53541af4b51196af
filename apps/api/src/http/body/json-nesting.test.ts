import { expect, test } from 'vitest';
import { isNestedDeeperThan } from './json-nesting.js';

test.each(['[[[]]]', '{"a":{"b":{}}}', '[1,{"a":[null]}]'])('%s is nested three deep', (json) => {
  const value: unknown = JSON.parse(json);
  expect([2, 3].map((limit) => isNestedDeeperThan(limit, value))).toEqual([true, false]);
});

test.each(['1', 'null', '"[[["'])('%s is not nested', (json) => {
  expect(isNestedDeeperThan(0, JSON.parse(json))).toBe(false);
});

test('the depth of a value does not matter to the stack', () => {
  const depth = 200_000;
  const value: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
  expect(isNestedDeeperThan(100, value)).toBe(true);
});
