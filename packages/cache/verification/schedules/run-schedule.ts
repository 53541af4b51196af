import { seededRandom } from '@product-api/testing';
import { ABSENCE_TEXT } from '../../src/read/codec.js';
import { formatCounterexample } from '../counterexample.js';
import { drawConfiguration } from './configuration.js';
import type { Environment } from './environment.js';
import { catchUpWithLog, performTask, read } from './operations.js';
import { prepareRun, type Run } from './run.js';

/** The result of one schedule. */
export interface ScheduleResult {
  readonly seed: number;
  /** The steps that were taken, in order. */
  readonly steps: readonly string[];
  /** One sentence for each broken promise; empty if the schedule kept all of them. */
  readonly violations: readonly string[];
}

/**
 * Runs the schedule of a seed and checks two promises: no read is older than an invalidation that
 * was acknowledged before the read began; and at rest the cache holds either nothing or the current
 * value.
 */
export async function runSchedule(seed: number, environment: Environment): Promise<ScheduleResult> {
  const random = seededRandom(seed);
  const configuration = drawConfiguration(random, environment.connections.length);
  const run = await prepareRun(configuration, random, environment);
  const { scheduler, keys, processes } = run;
  await scheduler.run(
    keys.flatMap((key) => key.configuration.tasks.map((task) => () => performTask(task, key, run))),
  );
  await scheduler.run(processes.map((process) => () => catchUpWithLog(process, run)));
  await checkKeysAtRest(run);
  await scheduler.run(
    keys.flatMap((key) => processes.map((process) => () => read(process, key, run))),
  );
  const violations = keys.flatMap(({ history }) => history.violations);
  return { seed, steps: scheduler.steps, violations };
}

/** Formats the steps and violations of a schedule, with the setting that replays it. */
export function formatSchedule({ seed, steps, violations }: ScheduleResult): string {
  const title = `Schedule ${seed} (TEST_SCHEDULE_SEED=${seed} replays it)`;
  return `${title}\n${formatCounterexample(steps, violations)}`;
}

/** Compares the cache with the database once nothing is in flight. */
async function checkKeysAtRest({ environment, keys }: Run): Promise<void> {
  const { operator, keyspace, rows } = environment;
  for (const { key, history } of keys) {
    const cached = await operator.get(keyspace.value(key));
    history.checkAtRest(cached ?? undefined, rows.read(key)?.toString() ?? ABSENCE_TEXT);
  }
}
