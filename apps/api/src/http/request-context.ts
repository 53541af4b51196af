import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';

declare global {
  namespace Express {
    interface Request {
      /** Names the request in the log and in problem documents. */
      id: string;
      /** The caller's `X-Request-Id` where that is not fit to be the id; cut to 200 characters. */
      offeredId: string | undefined;
      /** When it came, by the monotonic clock, in milliseconds. */
      startedAt: number;
      /** `X-Cache`, where that is in a prepared head. */
      cacheResult: string | undefined;
    }
  }
}

const acceptableId = /^[\w.-]{1,64}$/;

const offeredIdLength = 200;

/** Begins a request, before any of the application's handlers. */
export type BeginRequest = (request: Request, response: Response) => void;

/** Called when an answer is over, complete or not, with the milliseconds since its request came. */
export type OnAnswered = (response: Response, durationMs: number) => void;

/** What the context of requests needs of its surroundings. */
export interface RequestContextOptions {
  readonly onAnswered: OnAnswered;
  /** Milliseconds that only go forward. */
  readonly monotonicClock: () => number;
}

/**
 * Gives every request its id: the caller's `X-Request-Id` where that is short and plain. What belongs
 * to a request is kept on it, as a store or a closure for each would cost more than all of it.
 */
export function requestContext({
  onAnswered,
  monotonicClock,
}: RequestContextOptions): BeginRequest {
  function onClose(this: Response): void {
    onAnswered(this, monotonicClock() - this.req.startedAt);
  }
  return (request, response) => {
    // Node joins a header of this name that comes more than once.
    const offered = request.headers['x-request-id'] as string | undefined;
    const isTaken = offered !== undefined && acceptableId.test(offered);
    request.id = isTaken ? offered : randomUUID();
    request.offeredId = isTaken ? undefined : offered?.slice(0, offeredIdLength);
    // Express sets it too, but not for a request that it never sees.
    request.originalUrl = request.url;
    request.startedAt = monotonicClock();
    request.cacheResult = undefined;
    response.on('close', onClose);
  };
}

/** What `X-Cache` says in an answer: a prepared head has no headers that could be asked for. */
export function cacheResultOf(response: Response): unknown {
  return response.req.cacheResult ?? response.getHeader('X-Cache');
}
