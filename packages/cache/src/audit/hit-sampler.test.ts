import { beforeEach, expect, test } from 'vitest';
import { createHitSampler, type HitSamplerOptions } from './hit-sampler.js';

let time: number;

beforeEach(() => {
  time = 0;
});

function countChosen(hits: number, msPerHit: number, options: Partial<HitSamplerOptions> = {}) {
  const now = () => time;
  const isChosen = createHitSampler({
    every: 100,
    perSecond: 5,
    now,
    random: Math.random,
    ...options,
  });
  let chosen = 0;
  for (let hit = 0; hit < hits; hit++) {
    time += msPerHit;
    chosen += isChosen() ? 1 : 0;
  }
  return chosen;
}

test('one of `every` hits is chosen on average', () => {
  const chosen = countChosen(100_000, 1000);
  expect(chosen).toBeGreaterThan(900);
  expect(chosen).toBeLessThan(1100);
});

test('every hit is chosen if `every` is 1', () => {
  expect(countChosen(50, 1000, { every: 1 })).toBe(50);
});

test('the gaps between chosen hits are random', () => {
  expect(countChosen(1, 1000, { random: () => 0 })).toBe(1);
  expect(countChosen(198, 1000, { random: () => 0.999 })).toBe(0);
});

test('at most `perSecond` hits are chosen per second', () => {
  expect(countChosen(100_000, 0.1)).toBeLessThanOrEqual(51);
});
