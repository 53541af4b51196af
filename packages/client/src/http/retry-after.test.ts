import { expect, test } from 'vitest';
import { retryAfterSeconds, secondsToWait } from './retry-after.js';

const now = Date.parse('Wed, 21 Oct 2015 07:28:00 GMT');

test.each([
  ['120', 120],
  ['0', 0],
  ['Wed, 21 Oct 2015 07:28:30 GMT', 30],
  ['Wed, 21 Oct 2015 07:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
])('%s means %s seconds', (value, seconds) => {
  expect(retryAfterSeconds(new Headers({ 'retry-after': value }), now)).toBe(seconds);
});

test('a missing header is undefined', () => {
  expect(retryAfterSeconds(new Headers())).toBeUndefined();
});

test('a client waits an hour at most', () => {
  expect(secondsToWait(new Headers({ 'retry-after': '7' }))).toBe(7);
  expect(secondsToWait(new Headers({ 'retry-after': '864000' }))).toBe(3600);
  expect(secondsToWait(new Headers())).toBeUndefined();
});
