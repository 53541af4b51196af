import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work after which other requests are handled. */
const SLICE_MS = 1;

/**
 * Divides long work on the event loop into slices.
 *
 * @returns a function to be awaited between two small steps of the work; it waits for the next turn
 *   of the event loop if the current slice has taken a millisecond
 */
export function turnSlices(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began >= SLICE_MS) {
      await nextTurn();
      began = performance.now();
    }
  };
}
