import type { Request, Response } from 'express';

/** Milliseconds that a client may keep sending a body that is not read. */
const DISCARD_MS = 2000;

/**
 * Reads the rest of a body for a bounded time: resetting the connection could lose the response.
 */
export function discardBody(request: Request, response: Response): void {
  if (request.headers.expect !== undefined) {
    // The client waits for `100 Continue`, so it is unknown whether it will send the body.
    response.shouldKeepAlive = false;
    return;
  }
  const timeout = setTimeout(() => request.socket.destroy(), DISCARD_MS).unref();
  request.once('end', () => clearTimeout(timeout));
  request.resume();
}
