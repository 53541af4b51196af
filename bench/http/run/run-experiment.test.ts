import { expect, test } from 'vitest';
import type { Comparison } from '../experiment.js';
import { experiments } from '../experiments.js';
import { quickScale } from '../scale.js';
import { compare, groupsOf } from './run-experiment.js';

const comparison: Comparison = {
  title: 'ours ÷ theirs',
  of: 'ours',
  to: 'theirs',
  by: 'requestsPerSecond',
  atLeast: 1,
};

function result(name: string, rates: readonly number[], p50Micros = 1) {
  const rounds = rates.map((requestsPerSecond) => ({ requestsPerSecond, p50Micros }));
  return { name, title: name, rounds, latency: [] };
}

test('a ratio is the median of the ratios of the rounds, not the ratio of the medians', () => {
  const results = [result('ours', [100, 20, 40]), result('theirs', [100, 10, 50])];
  expect(compare(comparison, results)).toMatchObject({ ratio: 1, quartiles: [0.9, 1.5] });
});

test('a shorter latency is better', () => {
  const results = [result('ours', [1], 50), result('theirs', [1], 100)];
  expect(compare({ ...comparison, by: 'p50Micros' }, results).ratio).toBe(2);
});

test('a comparison with a subject that was not measured is refused', () => {
  expect(() => compare(comparison, [result('ours', [1])])).toThrow('no subject theirs');
});

test('each ablation runs beside the whole service alone; other subjects run together', () => {
  for (const experiment of experiments(quickScale)) {
    const groups = groupsOf(experiment).map(({ subjects }) => subjects.map(({ name }) => name));
    const [first, ...others] = experiment.subjects.map(({ name }) => name);
    expect(groups).toEqual(
      experiment.name === 'ablations'
        ? others.map((other) => [first, other])
        : [[first, ...others]],
    );
  }
});
