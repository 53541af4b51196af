import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteFailure } from '../sqlite-failure.js';

const FIRST_DELAY_MS = 2;
const MAX_DELAY_MS = 25;

/**
 * Retries an attempt while another process holds the lock of the database. SQLite's own busy
 * timeout does the same, but the driver is synchronous and would block the event loop meanwhile.
 *
 * @param attempt runs a statement on a connection whose own busy timeout is 0
 * @param timeoutMs milliseconds after which the error of the last attempt is thrown
 */
export async function retryWhileLocked<T>(
  attempt: () => T | Promise<T>,
  timeoutMs: number,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(2 * delay, MAX_DELAY_MS)) {
    try {
      return await attempt();
    } catch (error) {
      const left = deadline - performance.now();
      if (left <= 0 || sqliteFailure(error) !== 'busy') {
        throw error;
      }
      await sleep(Math.min(left, withJitter(delay)));
    }
  }
}

/**
 * Returns between half and all of the delay, so that two waiting processes do not keep colliding.
 */
function withJitter(delay: number): number {
  return delay * (1 + Math.random()) * 0.5;
}
