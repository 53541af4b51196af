import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';

declare global {
  namespace Express {
    interface Request {
      /** Identifies the request in the log and in problem documents. */
      id: string;
      /** The client's `X-Request-Id` if it was not fit to be the id; cut to 200 characters. */
      offeredId: string | undefined;
      /** When the request arrived, in milliseconds of the monotonic clock. */
      startedAt: number;
      /** The value of `X-Cache`, if it was sent in a prepared head. */
      cacheResult: string | undefined;
    }
  }
}

const ACCEPTABLE_ID = /^[\w.-]{1,64}$/;

const MAX_OFFERED_ID_LENGTH = 200;

/** Begins a request; called before all handlers of the application. */
export type BeginRequest = (request: Request, response: Response) => void;

/**
 * Called when a response ends, complete or not, with the milliseconds since its request arrived.
 */
export type OnResponseEnd = (response: Response, durationMs: number) => void;

/** Options for the context of requests. */
export interface RequestContextOptions {
  readonly onResponseEnd: OnResponseEnd;
  /** Returns milliseconds of a clock that never goes back. */
  readonly monotonicClock: () => number;
}

/**
 * Creates the function that gives every request its id: the client's `X-Request-Id` if that is
 * short and plain, else a new UUID. The context is stored on the request itself, because an
 * AsyncLocalStorage or a closure for each request would cost more than the rest of this function.
 */
export function requestContext({
  onResponseEnd,
  monotonicClock,
}: RequestContextOptions): BeginRequest {
  function onClose(this: Response): void {
    onResponseEnd(this, monotonicClock() - this.req.startedAt);
  }
  return (request, response) => {
    // A string even if the header is repeated: Node joins the values.
    const offered = request.headers['x-request-id'] as string | undefined;
    const isTaken = offered !== undefined && ACCEPTABLE_ID.test(offered);
    request.id = isTaken ? offered : randomUUID();
    request.offeredId = isTaken ? undefined : offered?.slice(0, MAX_OFFERED_ID_LENGTH);
    // Express sets it too, but not for requests that the server responds to itself.
    request.originalUrl = request.url;
    request.startedAt = monotonicClock();
    request.cacheResult = undefined;
    response.on('close', onClose);
  };
}

/** Returns the value of `X-Cache` in a response. A prepared head has no headers to read it from. */
export function cacheResultOf(response: Response): unknown {
  return response.req.cacheResult ?? response.getHeader('X-Cache');
}
