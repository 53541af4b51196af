import { expect, it as test } from 'vitest';
import { createEntryTtl } from './entry-ttl.js';

test('answers whole milliseconds between the shortest and the longest life', () => {
  const longest = createEntryTtl({ ttlSeconds: 60, ttlJitter: 0.1, random: () => 0 });
  const shortest = createEntryTtl({ ttlSeconds: 60, ttlJitter: 0.1, random: () => 0.9999999 });
  expect(longest()).toBe(60_000);
  expect(shortest()).toBe(54_000);
});

test('answers at least a millisecond', () => {
  const none = createEntryTtl({ ttlSeconds: 0.0001, ttlJitter: 1, random: () => 0.9999999 });
  expect(none()).toBe(1);
});

test.each([
  [0, 0.1],
  [Number.NaN, 0.1],
  [60, -0.1],
  [60, 1.1],
])('refuses a life of %f s with a jitter of %f', (ttlSeconds, ttlJitter) => {
  expect(() => createEntryTtl({ ttlSeconds, ttlJitter, random: Math.random })).toThrow(RangeError);
});
