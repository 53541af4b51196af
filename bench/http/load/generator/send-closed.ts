import type { Connection } from './connection.js';

/**
 * Sends requests as fast as the answers come: each connection sends its next when it has its answer.
 * Answers the latencies in milliseconds when the last answer is there.
 *
 * @param next the following request; undefined when there is to be no other
 */
export function sendClosed(
  connections: readonly Connection[],
  next: () => Buffer | undefined,
): Promise<number[]> {
  const latencies: number[] = [];
  let busy = connections.length;
  return new Promise((resolve) => {
    const sendNext = (connection: Connection) => {
      const request = next();
      if (request === undefined) {
        busy -= 1;
        if (busy === 0) {
          resolve(latencies);
        }
        return;
      }
      const sentAt = performance.now();
      connection.send(request, () => {
        latencies.push(performance.now() - sentAt);
        sendNext(connection);
      });
    };
    connections.forEach(sendNext);
  });
}
