import { type Environment, openEnvironment, type Variant } from './environment.js';
import { runSchedule, type ScheduleResult } from './run-schedule.js';

/** Options for a search. */
export interface ScheduleSearch {
  /** The URL of a Redis server. */
  readonly url: string;
  readonly variant: Variant;
  readonly seeds: readonly number[];
}

/** The result of a search. */
export interface ScheduleSearchResult {
  /** How many schedules ran. */
  readonly schedules: number;
  /** How many steps they took in total. */
  readonly steps: number;
  /** The first schedules that broke a promise, at most one from each environment. */
  readonly counterexamples: readonly ScheduleResult[];
}

/**
 * One environment works while others wait for Redis. On two cores, more than eight gain nothing.
 */
const ENVIRONMENT_COUNT = 8;

/** Runs the schedules of the seeds until one breaks a promise. */
export async function searchSchedules(search: ScheduleSearch): Promise<ScheduleSearchResult> {
  const { url, variant } = search;
  const waiting = [...search.seeds];
  const counterexamples: ScheduleResult[] = [];
  let schedules = 0;
  let steps = 0;

  async function runIn(environment: Environment): Promise<void> {
    while (counterexamples.length === 0) {
      const seed = waiting.shift();
      if (seed === undefined) {
        return;
      }
      const result = await runSchedule(seed, environment);
      schedules += 1;
      steps += result.steps.length;
      if (result.violations.length > 0) {
        counterexamples.push(result);
      }
    }
  }

  const environments = await Promise.all(
    Array.from({ length: ENVIRONMENT_COUNT }, () => openEnvironment(url, variant)),
  );
  try {
    await Promise.all(environments.map(runIn));
  } finally {
    await Promise.all(environments.map((environment) => environment.close()));
  }
  return { schedules, steps, counterexamples };
}

/** Returns `count` consecutive seeds, beginning with `first`. */
export function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
