import { type Environment, openEnvironment, type Variant } from './environment.js';
import { runSchedule, type ScheduleResult } from './run-schedule.js';

/** Options for a search. */
export interface ScheduleSearch {
  /** The URL of a Redis server. */
  readonly url: string;
  readonly variant: Variant;
  readonly seeds: Iterable<number>;
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

/** One environment works while others wait for Redis. On two cores, more than eight gain nothing. */
const environmentCount = 8;

/** Runs the schedules of the seeds until one breaks a promise. */
export async function searchSchedules(search: ScheduleSearch): Promise<ScheduleSearchResult> {
  const { url, variant } = search;
  const seeds = search.seeds[Symbol.iterator]();
  const counterexamples: ScheduleResult[] = [];
  let schedules = 0;
  let steps = 0;

  async function runIn(environment: Environment): Promise<void> {
    for (let next = seeds.next(); !next.done && counterexamples.length === 0; next = seeds.next()) {
      const result = await runSchedule(next.value, environment);
      schedules += 1;
      steps += result.steps.length;
      if (result.violations.length > 0) {
        counterexamples.push(result);
      }
    }
  }

  const environments = await Promise.all(
    Array.from({ length: environmentCount }, () => openEnvironment(url, variant)),
  );
  try {
    await Promise.all(environments.map(runIn));
  } finally {
    await Promise.all(environments.map((environment) => environment.close()));
  }
  return { schedules, steps, counterexamples };
}

/** Returns the seeds from 1 up to and including `count`. */
export function firstSeeds(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
