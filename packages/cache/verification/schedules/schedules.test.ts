/**
 * Runs the real cache client, the real Lua scripts in a real Redis, and a real SQLite database
 * under seeded schedules of readers, writers, relays and faults.
 *
 * TEST_SCHEDULES       how many schedules run; default 300
 * TEST_SCHEDULE_SEED   runs only the schedule of this seed, and prints its steps
 */
import { startRedis } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openEnvironment, realProtocol } from './environment.js';
import { formatSchedule, runSchedule } from './run-schedule.js';
import { searchSchedules, seedsFrom } from './search-schedules.js';

const { TEST_SCHEDULES: count = '300', TEST_SCHEDULE_SEED: replayedSeed } = process.env;
const HOUR_MS = 3_600_000;

if (replayedSeed === undefined) {
  test('no schedule breaks a promise', { timeout: HOUR_MS }, async () => {
    const startedAt = performance.now();
    const { schedules, steps, counterexamples } = await searchSchedules({
      url: await redisUrl(),
      variant: realProtocol,
      seeds: seedsFrom(1, Number(count)),
    });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${schedules} schedules, ${steps} steps, ${seconds} s\n`);
    expect(counterexamples.map(formatSchedule).join('\n')).toBe('');
  });
} else {
  test('the schedule of the given seed breaks no promise', async () => {
    const result = await runSchedule(Number(replayedSeed), await environment());
    process.stdout.write(`${formatSchedule(result)}\n`);
    expect(result.violations).toEqual([]);
  });
}

test('two runs of a seed take the same steps', async () => {
  const [first, second] = [await environment(), await environment()];
  for (const seed of seedsFrom(1, 100)) {
    expect(await runSchedule(seed, first)).toEqual(await runSchedule(seed, second));
  }
});

async function environment() {
  const opened = await openEnvironment(await redisUrl(), realProtocol);
  onTestFinished(() => opened.close());
  return opened;
}

async function redisUrl(): Promise<string> {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  return redis.url;
}
