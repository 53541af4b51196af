/** The end of a call: its timeout, or the abort of its caller, whichever comes first. */
export interface Deadline {
  /** Aborted at the end of the call, with the error that the call then throws. */
  readonly signal: AbortSignal;
  /** Returns the milliseconds that are left; never negative. */
  remainingMs(): number;
  /** Stops the timer and removes the listener from the caller's signal. */
  release(): void;
}

/** The longest delay of a timer; a longer one would end at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Starts the deadline of a call.
 *
 * @param timeoutMs milliseconds until `signal` is aborted with the error of `onTimeout`
 * @param callerSignal also aborts `signal`, with its own reason
 */
export function startDeadline(
  timeoutMs: number,
  callerSignal: AbortSignal | undefined,
  onTimeout: () => Error,
): Deadline {
  const end = performance.now() + timeoutMs;
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(onTimeout()), Math.min(timeoutMs, MAX_TIMER_MS));
  const abort = () => controller.abort(callerSignal?.reason);
  if (callerSignal?.aborted) {
    abort();
  }
  callerSignal?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    remainingMs: () => Math.max(0, end - performance.now()),
    release: () => {
      clearTimeout(timer);
      callerSignal?.removeEventListener('abort', abort);
    },
  };
}
