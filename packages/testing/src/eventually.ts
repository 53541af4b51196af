import { setTimeout as delay } from 'node:timers/promises';

/** Options of `eventually`. */
export interface EventuallyOptions {
  /** Milliseconds until it gives up, even while a check is still pending. Default 20,000. */
  readonly timeoutMs?: number;
  /** Milliseconds between the end of one check and the start of the next. Default 20. */
  readonly intervalMs?: number;
}

/** A condition did not hold in time; `cause` is the result of the last check. */
export class EventuallyTimeoutError extends Error {
  override readonly name = 'EventuallyTimeoutError';

  constructor(timeoutMs: number, { cause }: { readonly cause: unknown }) {
    const result = cause instanceof Error ? cause.message : String(cause);
    super(`The condition did not become true within ${timeoutMs} ms: ${result}`, { cause });
  }
}

/**
 * Repeats `check` until it neither throws nor returns `false`, and returns its result. Use it to
 * wait for a condition instead of a fixed time. The check may be a plain assertion (`expect(…)`).
 *
 * @throws {EventuallyTimeoutError} when the time is over; its `cause` is the last check's result.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 20_000, intervalMs = 20 }: EventuallyOptions = {},
): Promise<Exclude<T, false>> {
  const deadline = performance.now() + timeoutMs;
  let lastResult: unknown = new Error('the first check did not end');

  const repeat = async () => {
    while (performance.now() < deadline) {
      try {
        const value = await check();
        if (value !== false) {
          // TypeScript does not narrow a type parameter by comparison.
          return value as Exclude<T, false>;
        }
        lastResult = new Error('the last check returned false');
      } catch (error) {
        lastResult = error;
      }
      await delay(intervalMs);
    }
    throw new EventuallyTimeoutError(timeoutMs, { cause: lastResult });
  };

  const success = new AbortController();
  const expire = async () => {
    await delay(timeoutMs, undefined, { signal: success.signal });
    throw new EventuallyTimeoutError(timeoutMs, { cause: lastResult });
  };
  try {
    return await Promise.race([repeat(), expire()]);
  } finally {
    success.abort();
  }
}
