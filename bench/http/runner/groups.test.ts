import { expect, it as test } from 'vitest';
import { ablationExperiment } from '../experiments/ablation.js';
import { cachedRead } from '../experiments/cached-read.js';
import { groupsOf } from './groups.js';

test('measures all contestants of an experiment together', () => {
  expect(groupsOf(cachedRead).map(({ contestants }) => contestants)).toEqual([
    cachedRead.contestants,
  ]);
});

test('measures each ablation beside the whole service alone', () => {
  const experiment = ablationExperiment();
  const names = groupsOf(experiment).map(({ contestants }) => contestants.map(({ name }) => name));
  const [whole, ...others] = experiment.contestants.map(({ name }) => name);
  expect(names).toEqual(others.map((other) => [whole, other]));
});
