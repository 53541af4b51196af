import { expect, test } from 'vitest';
import { RestartPolicy } from './restart-policy.js';

test('a worker that had served for a while is replaced at once, however often', () => {
  const policy = new RestartPolicy();
  for (let death = 0; death < 20; death++) {
    expect(policy.afterDeath(60_000)).toBe(0);
  }
});

test('workers that die at once are replaced ever more slowly, and the fifth is given up', () => {
  const policy = new RestartPolicy();
  const pauses = Array.from({ length: 5 }, () => policy.afterDeath(10));
  expect(pauses).toEqual([100, 200, 400, 800, undefined]);
});

test('one that served for a while in between makes up for them', () => {
  const policy = new RestartPolicy();
  for (let death = 0; death < 4; death++) {
    policy.afterDeath(0);
  }
  expect(policy.afterDeath(1000)).toBe(0);
  expect(policy.afterDeath(0)).toBe(100);
});
