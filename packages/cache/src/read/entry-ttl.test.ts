import { expect, test } from 'vitest';
import { createEntryTtl } from './entry-ttl.js';

test('the time to live is a whole number of milliseconds within its bounds', () => {
  const longest = createEntryTtl({ ttlSeconds: 60, ttlJitter: 0.1, random: () => 0 });
  const shortest = createEntryTtl({ ttlSeconds: 60, ttlJitter: 0.1, random: () => 0.9999999 });
  expect(longest()).toBe(60_000);
  expect(shortest()).toBe(54_000);
});

test('the time to live is at least one millisecond', () => {
  const none = createEntryTtl({ ttlSeconds: 0.0001, ttlJitter: 1, random: () => 0.9999999 });
  expect(none()).toBe(1);
});

test.each([
  [0, 0.1],
  [Number.NaN, 0.1],
  [60, -0.1],
  [60, 1.1],
])('a time to live of %f s with a jitter of %f is refused', (ttlSeconds, ttlJitter) => {
  expect(() => createEntryTtl({ ttlSeconds, ttlJitter, random: Math.random })).toThrow(RangeError);
});
