import { setTimeout as sleep } from 'node:timers/promises';
/**
 * Stops all workers without losing a request, and waits until they have ended.
 *
 * All workers share one listener. When its last process closes it, the kernel resets connections
 * that are not accepted yet. So one worker keeps listening, and takes new clients, until the others
 * have ended. Then the primary closes its own listener, and that worker stops like a single
 * process.
 *
 * @param othersLimitMs milliseconds to wait for the others
 */
export async function stopTogether(workers, othersLimitMs) {
    const last = workers.find(({ state }) => state === 'listening');
    const stop = (worker) => worker.stop('shutdown', worker === last ? othersLimitMs : undefined);
    const ended = new Map(workers.map((worker) => [worker, stop(worker)]));
    const others = workers.filter((worker) => worker !== last);
    const othersEnded = Promise.all(others.map((worker) => ended.get(worker)));
    await Promise.race([othersEnded, sleep(othersLimitMs, undefined, { ref: false })]);
    last?.disconnect();
    await Promise.all(ended.values());
}
//# sourceMappingURL=stop-together.js.map