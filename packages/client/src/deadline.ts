/** The end of a call: by the clock or by its caller, whichever comes first. */
export interface Deadline {
  /** Aborted at the end, with what the call then throws as its reason. */
  readonly signal: AbortSignal;
  /** How many milliseconds are left; never negative. */
  remainingMs(): number;
  /** Stops the clock and lets go of the caller's signal. */
  release(): void;
}

/** The longest time that timers can measure; they take a longer one for none at all. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Starts the clock of a call.
 *
 * @param timeoutMs Milliseconds until `signal` is aborted with what `onTimeout` makes.
 * @param callerSignal Aborts likewise, with its own reason.
 */
export function startDeadline(
  timeoutMs: number,
  callerSignal: AbortSignal | undefined,
  onTimeout: () => Error,
): Deadline {
  const end = performance.now() + timeoutMs;
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(onTimeout()),
    Math.min(timeoutMs, longestTimerMs),
  );
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
