import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerProcess } from './worker-process.js';

/**
 * Stops all workers without losing a request, and waits until they have ended.
 *
 * The kernel resets the connections that nobody has accepted when the last process closes the
 * listener, which all share. So one worker goes on listening until the others, whose clients come to
 * it, have ended; then the primary lets go of the listener, and that worker stops as a lone process does.
 *
 * @param othersLimitMs milliseconds after which it does not wait for the others any more
 */
export async function stopTogether(
  workers: readonly WorkerProcess[],
  othersLimitMs: number,
): Promise<void> {
  const last = workers.find(({ state }) => state === 'listening');
  const stop = (worker: WorkerProcess) =>
    worker.stop('shutdown', worker === last ? othersLimitMs : undefined);
  const ended = new Map(workers.map((worker) => [worker, stop(worker)]));
  const others = workers.filter((worker) => worker !== last);
  const othersEnded = Promise.all(others.map((worker) => ended.get(worker)));
  await Promise.race([othersEnded, sleep(othersLimitMs, undefined, { ref: false })]);
  last?.disconnect();
  await Promise.all(ended.values());
}
