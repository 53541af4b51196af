import { type RedisServer, startRedis } from '@product-api/testing';
import { afterAll, beforeAll, expect, it as test } from 'vitest';
import * as variants from './broken-variants.js';
import { firstSeeds, searchSchedules } from './search-schedules.js';

const maxSchedules = 5000;
const timeout = 180_000;

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

test.each(Object.entries(variants))('%s breaks a promise', { timeout }, async (name, variant) => {
  const seeds = firstSeeds(maxSchedules);
  const { schedules, broken } = await searchSchedules({ url: redis.url, variant, seeds });
  const [found] = broken;
  process.stdout.write(`${name} is found after ${schedules} schedules: ${found?.violations[0]}\n`);
  expect(found).toBeDefined();
});
