import { type RedisServer, startRedis } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as brokenVariants from './broken-variants.js';
import { searchSchedules, seedsFrom } from './search-schedules.js';

const MAX_SCHEDULES = 5000;
const TIMEOUT_MS = 180_000;

/** Where to begin the search for variants that only few schedules break, to save time. */
const firstSeeds = new Map([
  ['tokenPerProcess', 910],
  ['invalidationMovesWatermark', 275],
  ['applyWithoutComparison', 110],
]);

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

test.each(Object.entries(brokenVariants))(
  'the broken variant %s breaks a promise',
  { timeout: TIMEOUT_MS },
  async (name, variant) => {
    const seeds = seedsFrom(firstSeeds.get(name) ?? 1, MAX_SCHEDULES);
    const { schedules, counterexamples } = await searchSchedules({
      url: redis.url,
      variant,
      seeds,
    });
    const [first] = counterexamples;
    process.stdout.write(
      `${name}: seed ${first?.seed} after ${schedules} schedules: ${first?.violations[0]}\n`,
    );
    expect(first).toBeDefined();
  },
);
