import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs a task now, and again after each pause.
 *
 * @param task must not reject. It should end soon after the signal is aborted.
 * @param pauseMs milliseconds between the end of the task and its next run
 * @returns a function that stops this, and resolves when the task has ended
 */
export function repeat(
  task: (signal: AbortSignal) => Promise<void>,
  pauseMs: number,
): () => Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  const work = async () => {
    while (!signal.aborted) {
      await task(signal);
      await pause(pauseMs, signal);
    }
  };
  const done = work();
  return async () => {
    stop.abort();
    await done;
  };
}

/** Waits some milliseconds, or until the signal is aborted. It does not keep the process alive. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
