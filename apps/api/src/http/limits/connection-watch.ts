import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Limits after which the connections of a server are closed. */
export interface ConnectionLimits {
  /** Minimum milliseconds without a byte in either direction and without a request. */
  readonly idleMs: number;
  /** Milliseconds that a client may read nothing of a waiting response. */
  readonly stalledMs: number;
  /** Milliseconds that the body of a request which is not a stream may take to arrive. */
  readonly requestMs: number;
  /** Milliseconds between checks of all connections. */
  readonly checkEveryMs: number;
}

/** The bytes that a connection had transferred at its last activity, and the time of it. */
interface Activity {
  readonly bytes: number;
  readonly seenAt: number;
}

/**
 * Closes the connections of a server that are idle or whose client stopped reading, and reports
 * requests that take too long to arrive as Node does. A connection with a request in progress is
 * not idle. One timer checks all connections; Node's own `keepAliveTimeout`, which must be 0, would
 * start and clear a timer for every request. When the server has stopped listening, connections
 * that never had a request are closed too: Node does not count them as idle, and clients open some
 * in advance.
 */
export function watchConnections(server: Server, limits: ConnectionLimits): void {
  const { idleMs, stalledMs, requestMs, checkEveryMs } = limits;
  const activities = new Map<Socket, Activity>();
  server.on('connection', (socket: Socket) => {
    activities.set(socket, { bytes: 0, seenAt: performance.now() });
    socket.on('timeout', () => socket.destroy());
    socket.once('close', () => activities.delete(socket));
  });
  let hadStopped = false;
  const checks = setInterval(() => {
    const now = performance.now();
    for (const [socket, { bytes, seenAt }] of activities) {
      // Only Node's socket timer sees whether the kernel takes bytes; it is needed while some wait.
      const timeoutMs = socket.writableLength > 0 ? stalledMs : 0;
      if (socket.timeout !== timeoutMs) {
        socket.setTimeout(timeoutMs);
      }
      if (isSlowRequest(socket, now - requestMs)) {
        // What Node does after its own `requestTimeout`, which does not know streams.
        server.emit('clientError', new SlowRequestError(), socket);
      }
      const transferred = socket.bytesRead + socket.bytesWritten;
      if (transferred !== bytes || isBusy(socket)) {
        activities.set(socket, { bytes: transferred, seenAt: now });
      } else if (now - seenAt >= idleMs || (hadStopped && bytes === 0)) {
        socket.destroy();
      }
    }
    // A first request that is on its way has until the next check.
    hadStopped = !server.listening;
  }, checkEveryMs);
  checks.unref();
  server.once('close', () => clearInterval(checks));
}

/** The request took too long to arrive. */
class SlowRequestError extends Error {
  override readonly name = 'SlowRequestError';
  readonly code = 'ERR_HTTP_REQUEST_TIMEOUT';
}

/** Returns whether the body of a request that began before a time is still arriving. */
function isSlowRequest({ latestResponse }: Socket, before: number): boolean {
  if (latestResponse === undefined || latestResponse.req.complete) {
    return false;
  }
  // `beginRequest` set both.
  const { startedAt, isStream } = latestResponse.req as ServerResponse['req'] & {
    readonly startedAt: number;
    readonly isStream: boolean;
  };
  return startedAt < before && !isStream;
}

/** Returns whether a request is being handled or its response is being sent. */
function isBusy({ latestResponse }: Socket): boolean {
  return (
    latestResponse !== undefined && !latestResponse.writableFinished && !latestResponse.destroyed
  );
}
