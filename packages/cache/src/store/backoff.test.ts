import { expect, test } from 'vitest';
import { backoffMs } from './backoff.js';

const limits = { minMs: 50, maxMs: 1000 };

test('the pause doubles up to the limit', () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 5000].map((attempt) => backoffMs(attempt, limits, () => 1));
  expect(longest).toEqual([50, 100, 200, 400, 800, 1000, 1000, 1000]);
});

test('half of the pause is random', () => {
  expect(backoffMs(1, limits, () => 0)).toBe(50);
  expect(backoffMs(1, limits, () => 0.5)).toBe(75);
});
