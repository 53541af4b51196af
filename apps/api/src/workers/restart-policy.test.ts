import { expect, test } from 'vitest';
import { RestartPolicy } from './restart-policy.js';

test('a worker that had served for a while is replaced at once, every time', () => {
  const policy = new RestartPolicy();
  for (let death = 0; death < 20; death++) {
    expect(policy.afterDeath(60_000)).toBe(0);
  }
});

test('workers that die early are replaced after growing pauses, and the fifth is not replaced', () => {
  const policy = new RestartPolicy();
  const pauses = Array.from({ length: 5 }, () => policy.afterDeath(10));
  expect(pauses).toEqual([100, 200, 400, 800, undefined]);
});

test('a worker that served for a while resets the pauses', () => {
  const policy = new RestartPolicy();
  for (let death = 0; death < 4; death++) {
    policy.afterDeath(0);
  }
  expect(policy.afterDeath(1000)).toBe(0);
  expect(policy.afterDeath(0)).toBe(100);
});
