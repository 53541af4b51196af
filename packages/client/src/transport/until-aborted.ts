/** A signal that is never aborted. */
export const never: AbortSignal = new AbortController().signal;

/**
 * Waits for a promise that cannot be aborted itself.
 *
 * @throws {unknown} when the signal is aborted first: its `reason`
 */
export async function untilAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal,
): Promise<Value> {
  const waiting = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true, signal: waiting.signal });
    if (signal.aborted) {
      abort();
    }
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    waiting.abort();
  }
}
