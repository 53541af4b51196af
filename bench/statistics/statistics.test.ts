import { describe, expect, test } from 'vitest';
import { median, quantile } from './quantile.js';
import { slope } from './slope.js';

describe('quantile', () => {
  test('a quantile between two values is interpolated', () => {
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([])).toBeNaN();
  });
});

describe('slope', () => {
  test('the slope is that of the least-squares line', () => {
    const points = [1, 2, 3, 4].map((x) => ({ x, y: 10 + 5 * x + (x % 2 === 0 ? 1 : -1) }));
    expect(slope(points)).toBeCloseTo(5.4);
    expect(slope([{ x: 1, y: 1 }])).toBeNaN();
  });
});
