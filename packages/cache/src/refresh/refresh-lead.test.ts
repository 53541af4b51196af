import { expect, test } from 'vitest';
import { MAX_LEAD_IN_LOADS, refreshLeadMs } from './refresh-lead.js';

const LARGEST_RANDOM = 1 - Number.EPSILON / 2;

test('the average lead is the load time multiplied by beta', () => {
  const draws = Array.from({ length: 10_000 }, (_, index) => (index + 0.5) / 10_000);
  const mean = (beta: number) =>
    draws.reduce((sum, draw) => sum + refreshLeadMs(80, beta, () => draw), 0) / draws.length;
  expect(mean(1)).toBeCloseTo(80, 1);
  expect(mean(2)).toBeCloseTo(160, 1);
});

test('a lead is never negative and never above the maximum', () => {
  expect(refreshLeadMs(80, 1, () => 0)).toBeCloseTo(0);
  expect(refreshLeadMs(80, 1, () => LARGEST_RANDOM)).toBeCloseTo(80 * MAX_LEAD_IN_LOADS);
});
