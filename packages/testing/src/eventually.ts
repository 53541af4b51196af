import { setTimeout as delay } from 'node:timers/promises';
import { EventuallyTimeoutError } from './eventually-timeout-error.js';

/** How long and how often `eventually` looks. */
export interface EventuallyOptions {
  /** Milliseconds after which it gives up, even on a look that has not ended. Default 20,000. */
  readonly timeoutMs?: number;
  /** Milliseconds between the end of one look and the next. Default 20. */
  readonly intervalMs?: number;
}

/**
 * Repeats `check` until it neither throws nor answers `false`, and answers its result: the way to
 * wait for a condition instead of a fixed time. A check that just asserts (`expect(…)`) is fine.
 *
 * @throws EventuallyTimeoutError when time runs out; its `cause` is what the last look found.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 20_000, intervalMs = 20 }: EventuallyOptions = {},
): Promise<Exclude<T, false>> {
  const deadline = performance.now() + timeoutMs;
  let found: unknown = new Error('the first look at it did not end');

  const look = async () => {
    while (performance.now() < deadline) {
      try {
        const value = await check();
        if (value !== false) {
          // TypeScript does not narrow a type parameter by comparison.
          return value as Exclude<T, false>;
        }
        found = new Error('the last look at it answered false');
      } catch (error) {
        found = error;
      }
      await delay(intervalMs);
    }
    throw new EventuallyTimeoutError(timeoutMs, { cause: found });
  };

  const success = new AbortController();
  const expire = async () => {
    await delay(timeoutMs, undefined, { signal: success.signal });
    throw new EventuallyTimeoutError(timeoutMs, { cause: found });
  };
  try {
    return await Promise.race([look(), expire()]);
  } finally {
    success.abort();
  }
}
