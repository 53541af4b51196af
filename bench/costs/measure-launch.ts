import { startRedis } from '@product-api/testing';
import { rotated } from '../rounds/rotated.js';
import type { CostCache } from './cost-cache.js';
import { type Concurrency, measureRound, type Operation } from './measure-round.js';
import { ourCache } from './our-cache.js';
import { plainCache } from './plain-cache.js';

/**
 * The caches that are compared. `control` is a second `plain`: any difference between them is
 * chance.
 */
export const sides = ['plain', 'control', 'ours'] as const;

/** One of the caches that are compared. */
export type Side = (typeof sides)[number];

/** Microseconds per operation on each side in one round. */
export type Times = Readonly<Record<Side, number>>;

/** An operation that is compared, and its times by round. */
export interface Comparison {
  readonly operation: Operation;
  readonly concurrency: Concurrency;
  readonly rounds: Times[];
}

/** The number of rounds in a launch; warm-ups do not count. */
export interface LaunchOptions {
  readonly warmUps: number;
  readonly rounds: number;
}

/** Starts a Redis, connects every side to it, measures, and adds the rounds to the comparisons. */
export async function measureLaunch(
  comparisons: readonly Comparison[],
  { warmUps, rounds }: LaunchOptions,
): Promise<void> {
  const redis = await startRedis();
  const caches = {
    plain: plainCache(redis.url, 'plain:'),
    control: plainCache(redis.url, 'control:'),
    ours: await ourCache(redis.url, 'ours:'),
  };
  for (let round = 0; round < warmUps + rounds; round++) {
    for (const comparison of comparisons) {
      const times = await measureSides(caches, comparison, round);
      if (round >= warmUps) {
        comparison.rounds.push(times);
      }
    }
    process.stderr.write('.');
  }
  for (const side of sides) {
    await caches[side].close();
  }
  await redis.stop();
}

/** Measures every side in turn. Each round begins with another side. */
async function measureSides(
  caches: Readonly<Record<Side, CostCache>>,
  { operation, concurrency }: Comparison,
  round: number,
): Promise<Times> {
  const times = { plain: Number.NaN, control: Number.NaN, ours: Number.NaN };
  const name = `${concurrency}:${round}`;
  for (const side of rotated(sides, round)) {
    times[side] = await measureRound(caches[side], { operation, concurrency, name });
  }
  return times;
}
