import { type Lane, openLane, type Variant } from './lane.js';
import { runSchedule, type ScheduleResult } from './run-schedule.js';

/** Which schedules are searched, and on what. */
export interface ScheduleSearch {
  /** A Redis server. */
  readonly url: string;
  readonly variant: Variant;
  readonly seeds: Iterable<number>;
}

/** What a search found. */
export interface SearchResult {
  /** How many schedules were run, and of how many steps. */
  readonly schedules: number;
  readonly steps: number;
  /** The first schedules that broke a promise, at most one a lane. */
  readonly broken: readonly ScheduleResult[];
}

/** Lanes work while others wait for Redis; more than this many gain nothing on two cores. */
const laneCount = 8;

/** Runs the schedules of the seeds until one breaks a promise. */
export async function searchSchedules(search: ScheduleSearch): Promise<SearchResult> {
  const { url, variant } = search;
  const seeds = search.seeds[Symbol.iterator]();
  const broken: ScheduleResult[] = [];
  let schedules = 0;
  let steps = 0;

  async function work(lane: Lane): Promise<void> {
    for (let next = seeds.next(); !next.done && broken.length === 0; next = seeds.next()) {
      const result = await runSchedule(next.value, lane);
      schedules += 1;
      steps += result.trace.length;
      if (result.violations.length > 0) {
        broken.push(result);
      }
    }
  }

  const lanes = await Promise.all(Array.from({ length: laneCount }, () => openLane(url, variant)));
  try {
    await Promise.all(lanes.map(work));
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
  }
  return { schedules, steps, broken };
}

/** The seeds from 1 up to and including `count`. */
export function firstSeeds(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
