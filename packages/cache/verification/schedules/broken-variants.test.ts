import { type RedisServer, startRedis } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as brokenVariants from './broken-variants.js';
import { firstSeeds, searchSchedules } from './search-schedules.js';

const maxSchedules = 5000;
const timeoutMs = 180_000;

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

test.each(Object.entries(brokenVariants))(
  'the broken variant %s breaks a promise',
  { timeout: timeoutMs },
  async (name, variant) => {
    const seeds = firstSeeds(maxSchedules);
    const { schedules, counterexamples } = await searchSchedules({
      url: redis.url,
      variant,
      seeds,
    });
    const [first] = counterexamples;
    process.stdout.write(
      `${name}: counterexample after ${schedules} schedules: ${first?.violations[0]}\n`,
    );
    expect(first).toBeDefined();
  },
);
