import type { ScheduleResult } from './run-schedule.js';

/** A schedule in words: what it broke, if anything, and its steps. */
export function scheduleReport({ seed, trace, violations }: ScheduleResult): string {
  return [
    `Schedule ${seed}; TEST_SCHEDULE_SEED=${seed} replays it`,
    ...violations.map((violation) => `  broken: ${violation}`),
    ...trace.map((step, index) => `  ${index + 1}. ${step}`),
  ].join('\n');
}
