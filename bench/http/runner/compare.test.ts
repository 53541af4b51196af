import { describe, expect, it as test } from 'vitest';
import type { Comparison } from '../experiment.js';
import { compare } from './compare.js';

const comparison: Comparison = {
  what: 'ours ÷ theirs',
  of: 'ours',
  to: 'theirs',
  by: 'requestsPerSecond',
  atLeast: 1,
};

describe('compare', () => {
  test('takes the median of the rounds’ own ratios, not the ratio of the medians', () => {
    const standings = [standing('ours', [100, 20, 40]), standing('theirs', [100, 10, 50])];
    expect(compare(comparison, standings)).toMatchObject({ ratio: 1, quartiles: [0.9, 1.5] });
  });

  test('counts a shorter latency as better', () => {
    const standings = [standing('ours', [1], 50), standing('theirs', [1], 100)];
    expect(compare({ ...comparison, by: 'p50Micros' }, standings).ratio).toBe(2);
  });

  test('refuses a contestant that did not take part', () => {
    expect(() => compare(comparison, [standing('ours', [1])])).toThrow('no contestant theirs');
  });
});

function standing(name: string, rates: readonly number[], p50Micros = 1) {
  const rounds = rates.map((requestsPerSecond) => ({ requestsPerSecond, p50Micros }));
  return { name, title: name, rounds, latency: [] };
}
