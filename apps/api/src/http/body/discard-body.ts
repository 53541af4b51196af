import type { Request, Response } from 'express';

/** Reads the rest of a body, for as long as the server allows that. */
export function discardBody(request: Request, response: Response): void {
  if (request.headers.expect !== undefined) {
    // The client waits for `100 Continue`, so it is unknown whether it will send the body.
    response.shouldKeepAlive = false;
    return;
  }
  request.resume();
}
