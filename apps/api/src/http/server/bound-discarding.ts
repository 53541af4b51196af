import type { IncomingMessage, ServerResponse } from 'node:http';

/** Milliseconds that a client may keep sending a body after it got its response. */
const DISCARD_MS = 2000;

/**
 * Ends the connection of a client that keeps sending a body after its response. Node reads and
 * discards such a rest, because resetting the connection at once could lose the response. A body
 * whose stated size is within the limit has as much time as that of an accepted request.
 */
export function boundDiscarding(
  request: IncomingMessage,
  response: ServerResponse,
  bodyLimitBytes: number,
): void {
  const { headers } = request;
  const mayBeTooLarge =
    headers['transfer-encoding'] !== undefined ||
    Number(headers['content-length']) > bodyLimitBytes;
  if (mayBeTooLarge) {
    response.once('close', () => {
      if (!request.complete) {
        const timeout = setTimeout(() => request.socket.destroy(), DISCARD_MS).unref();
        request.once('end', () => clearTimeout(timeout));
      }
    });
  }
}
