import { expect, it as test } from 'vitest';
import { longestDraw, refreshLeadMs } from './refresh-lead.js';

const largestRandom = 1 - Number.EPSILON / 2;

test('is as long as a load on average, times beta', () => {
  const draws = Array.from({ length: 10_000 }, (_, index) => (index + 0.5) / 10_000);
  const mean = (beta: number) =>
    draws.reduce((sum, draw) => sum + refreshLeadMs(80, beta, () => draw), 0) / draws.length;
  expect(mean(1)).toBeCloseTo(80, 1);
  expect(mean(2)).toBeCloseTo(160, 1);
});

test('is never negative and never longer than the longest draw', () => {
  expect(refreshLeadMs(80, 1, () => 0)).toBeCloseTo(0);
  expect(refreshLeadMs(80, 1, () => largestRandom)).toBeCloseTo(80 * longestDraw);
});
