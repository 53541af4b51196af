import type { Connection } from './connection.js';

/** How many requests are sent, and how often. */
export interface Schedule {
  readonly perSecond: number;
  readonly count: number;
}

/** Milliseconds between two looks at what is due and what has arrived. */
const lookMs = 0.05;

const never = new Int32Array(new SharedArrayBuffer(4));

/**
 * Leaves the core to Redis, which shares it with the generator, for a moment. Timers are too coarse for
 * that: in a millisecond many requests are due.
 */
function pause(): void {
  Atomics.wait(never, 0, 0, lookMs);
}

/**
 * Sends requests at times that are fixed beforehand, however long the answers take. A request that
 * finds no connection free waits for one. Latencies, in milliseconds, are counted from the time at
 * which a request should have been sent, so that what waits behind a slow answer counts as slow too
 * (no coordinated omission). They include up to a tenth of a millisecond until the answer is looked at.
 */
export function sendAtRate(
  connections: readonly Connection[],
  next: () => Buffer,
  { perSecond, count }: Schedule,
): Promise<number[]> {
  const free = [...connections];
  const latencies: number[] = [];
  const startedAt = performance.now();
  let sent = 0;
  return new Promise((resolve) => {
    const sendDue = () => {
      while (sent < count) {
        const dueAt = startedAt + (sent * 1000) / perSecond;
        if (dueAt > performance.now()) {
          return;
        }
        const connection = free.pop();
        if (connection === undefined) {
          return;
        }
        sent += 1;
        connection.send(next(), () => {
          latencies.push(performance.now() - dueAt);
          free.push(connection);
          if (latencies.length === count) {
            resolve(latencies);
          } else {
            sendDue();
          }
        });
      }
    };
    const watch = () => {
      sendDue();
      if (sent === count) {
        return;
      }
      pause();
      setImmediate(watch);
    };
    watch();
  });
}
