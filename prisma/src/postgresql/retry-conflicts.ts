import { setTimeout as sleep } from 'node:timers/promises';
import { isConflict } from './postgresql-failure.js';

/** Retries of what conflicted with another transaction. */
export const CONFLICT_RETRIES = 3;

const FIRST_DELAY_MS = 10;

/**
 * Runs an attempt again after a deadlock or a serialization failure, which rolled it back.
 */
export async function retryConflicts<T>(attempt: () => Promise<T>): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await attempt();
    } catch (error) {
      if (retries >= CONFLICT_RETRIES || !isConflict(error)) {
        throw error;
      }
    }
    await pauseBeforeRetry(retries);
  }
}

/** Waits longer before each retry, for a random time, so that two waiting transactions part. */
export async function pauseBeforeRetry(retries: number): Promise<void> {
  await sleep(FIRST_DELAY_MS * 2 ** retries * (0.5 + Math.random()));
}
