import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** When the connections of a server are ended. */
export interface ConnectionLimits {
  /** Milliseconds without a byte in either direction and without a request, at the least. */
  readonly idleMs: number;
  /** Milliseconds for which a client may take nothing of what waits for it. */
  readonly stalledMs: number;
  /** Milliseconds between two checks of all connections. */
  readonly checkEveryMs: number;
}

/** How many bytes a connection had transferred when that last changed, and when this was. */
interface Activity {
  readonly bytes: number;
  readonly seenAt: number;
}

/**
 * Ends the connections of a server that are idle, and those whose client stopped reading. One timer
 * checks them all; the `keepAliveTimeout` of Node, which has to be 0 then, starts and clears a timer
 * for every request. A connection whose request is still being handled is neither.
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
      // Node's own timer sees whether the kernel takes bytes; it runs only while some wait.
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

/** Whether a request is being handled, or its response is still being sent. */
function isBusy({ latestResponse }: Socket): boolean {
  return (
    latestResponse !== undefined && !latestResponse.writableFinished && !latestResponse.destroyed
  );
}
