import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Limits after which the connections of a server are closed. */
export interface ConnectionLimits {
  /** Minimum milliseconds without a byte in either direction and without a request. */
  readonly idleMs: number;
  /** Milliseconds that a client may read nothing of a waiting response. */
  readonly stalledMs: number;
  /** Milliseconds between checks of all connections. */
  readonly checkEveryMs: number;
}

/** The bytes that a connection had transferred at its last activity, and the time of it. */
interface Activity {
  readonly bytes: number;
  readonly seenAt: number;
}

/**
 * Closes the connections of a server that are idle or whose client stopped reading. A connection
 * with a request in progress is neither. One timer checks all connections; Node's own
 * `keepAliveTimeout`, which must be 0, would start and clear a timer for every request.
 */
export function watchConnections(server: Server, limits: ConnectionLimits): void {
  const { idleMs, stalledMs, checkEveryMs } = limits;
  const activities = new Map<Socket, Activity>();
  server.on('connection', (socket: Socket) => {
    activities.set(socket, { bytes: 0, seenAt: performance.now() });
    socket.on('timeout', () => socket.destroy());
    socket.once('close', () => activities.delete(socket));
  });
  const checks = setInterval(() => {
    const now = performance.now();
    for (const [socket, { bytes, seenAt }] of activities) {
      // Only Node's socket timer sees whether the kernel takes bytes; it is needed while some wait.
      const timeoutMs = socket.writableLength > 0 ? stalledMs : 0;
      if (socket.timeout !== timeoutMs) {
        socket.setTimeout(timeoutMs);
      }
      const transferred = socket.bytesRead + socket.bytesWritten;
      if (transferred !== bytes || isBusy(socket)) {
        activities.set(socket, { bytes: transferred, seenAt: now });
      } else if (now - seenAt >= idleMs) {
        socket.destroy();
      }
    }
  }, checkEveryMs);
  checks.unref();
  server.once('close', () => clearInterval(checks));
}

/** Returns whether a request is being handled or its response is being sent. */
function isBusy({ latestResponse }: Socket): boolean {
  return (
    latestResponse !== undefined && !latestResponse.writableFinished && !latestResponse.destroyed
  );
}
