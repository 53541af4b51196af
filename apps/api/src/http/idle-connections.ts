import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** When a connection is ended on which nothing happens. */
export interface IdleLimits {
  /** Milliseconds without a byte in either direction, at the least. */
  readonly idleMs: number;
  /** Milliseconds between two looks at all connections. */
  readonly lookEveryMs: number;
}

/** How much had travelled on a connection when that last changed, and when this was. */
interface Activity {
  readonly bytes: number;
  readonly seenAt: number;
}

/**
 * Ends the connections of a server on which no byte travels any more. It looks at all of them now and
 * then; the `keepAliveTimeout` of Node, which has to be 0 then, makes and clears a timer for every request.
 */
export function endIdleConnections(server: Server, { idleMs, lookEveryMs }: IdleLimits): void {
  const activities = new Map<Socket, Activity>();
  server.on('connection', (socket: Socket) => {
    activities.set(socket, { bytes: 0, seenAt: performance.now() });
    socket.once('close', () => activities.delete(socket));
  });
  const looks = setInterval(() => {
    const now = performance.now();
    for (const [socket, { bytes, seenAt }] of activities) {
      const travelled = socket.bytesRead + socket.bytesWritten;
      if (travelled !== bytes) activities.set(socket, { bytes: travelled, seenAt: now });
      else if (now - seenAt >= idleMs) socket.destroy();
    }
  }, lookEveryMs);
  looks.unref();
  server.once('close', () => clearInterval(looks));
}
