import { setTimeout as sleep } from 'node:timers/promises';
import { databaseFailure } from './condition/database-failure.js';

const firstDelayMs = 2;
const longestDelayMs = 25;

/**
 * Repeats an attempt while another process holds the database's lock. SQLite's own busy timeout does
 * the same, but the driver is synchronous, so that it would stop the event loop for as long.
 *
 * @param attempt runs a statement on a connection whose own busy timeout is 0
 * @param timeoutMs after how many milliseconds the error of the last attempt is thrown
 */
export async function waitForLock<T>(attempt: () => T | Promise<T>, timeoutMs: number): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (let delay = firstDelayMs; ; delay = Math.min(2 * delay, longestDelayMs)) {
    try {
      return await attempt();
    } catch (error) {
      const left = deadline - performance.now();
      if (left <= 0 || databaseFailure(error) !== 'busy') {
        throw error;
      }
      await sleep(Math.min(left, withJitter(delay)));
    }
  }
}

/** From half to the whole, so that two processes that wait do not keep colliding. */
function withJitter(delay: number): number {
  return delay * (1 + Math.random()) * 0.5;
}
