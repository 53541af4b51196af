/**
 * The real cache client, the real Lua in a real Redis and a real SQLite database under thousands of
 * seeded schedules of readers, writers, relays and faults.
 *
 * TEST_SCHEDULES       how many schedules are run; default 2000
 * TEST_SCHEDULE_SEED   runs the schedule of this seed alone and prints its steps
 */
import { startRedis } from '@product-api/testing';
import { expect, onTestFinished, it as test } from 'vitest';
import { faithful, openLane } from './lane.js';
import { runSchedule } from './run-schedule.js';
import { scheduleReport } from './schedule-report.js';
import { firstSeeds, searchSchedules } from './search-schedules.js';

const { TEST_SCHEDULES: count = '2000', TEST_SCHEDULE_SEED: replayed } = process.env;
const hourMs = 3_600_000;

if (replayed === undefined) {
  test('no schedule breaks a promise', { timeout: hourMs }, async () => {
    const startedAt = performance.now();
    const { schedules, steps, broken } = await searchSchedules({
      url: await redisUrl(),
      variant: faithful,
      seeds: firstSeeds(Number(count)),
    });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${schedules} schedules, ${steps} steps, ${seconds} s\n`);
    expect(broken.map(scheduleReport).join('\n')).toBe('');
  });
} else {
  test('the schedule of the given seed breaks no promise', async () => {
    const result = await runSchedule(Number(replayed), await lane());
    process.stdout.write(`${scheduleReport(result)}\n`);
    expect(result.violations).toEqual([]);
  });
}

test('the same seed gives the same schedule', async () => {
  const [one, other] = [await lane(), await lane()];
  for (const seed of firstSeeds(200)) {
    expect(await runSchedule(seed, one)).toEqual(await runSchedule(seed, other));
  }
});

async function lane() {
  const opened = await openLane(await redisUrl(), faithful);
  onTestFinished(() => opened.close());
  return opened;
}

async function redisUrl(): Promise<string> {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  return redis.url;
}
