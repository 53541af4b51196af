/** A schedule has no step left to release, but not all of its actors have ended. */
export class StuckScheduleError extends Error {
  override readonly name = 'StuckScheduleError';

  constructor() {
    super('An actor waits for something that is not a step of the schedule');
  }
}
