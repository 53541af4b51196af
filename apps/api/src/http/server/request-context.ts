import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';

declare global {
  namespace Express {
    interface Request {
      /** Identifies the request in the log and in problem documents. */
      id: string;
      /** The client's `X-Request-Id` if it was rejected as the id, truncated to 200 characters. */
      rejectedId: string | undefined;
      /** When the request arrived, on the monotonic clock, in milliseconds. */
      startedAt: number;
      /** The value of `X-Cache`, if the response head was written as prebuilt text. */
      cacheResult: string | undefined;
      /**
       * Whether the request or its response is a stream: no limit of time for a whole request
       * applies, and the duration is not one of the metrics.
       */
      isStream: boolean;
      /** Whether the response has no end: a client that leaves it aborts nothing. */
      isEndless: boolean;
      /** The id of the request's valid API key; undefined without one. */
      apiKeyId: string | undefined;
      /** With what the middleware of a direct route has passed the request on, if it has. */
      directOutcome?: { readonly error: unknown };
    }
    interface Response {
      /** Sends `100 Continue`, if the client waits for it before it sends its body. */
      inviteBody?: () => void;
    }
  }
}

const ACCEPTABLE_ID = /^[\w.-]{1,64}$/;

const MAX_REJECTED_ID_LENGTH = 200;

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
 * Creates the function that initializes every request: its id, which is the client's `X-Request-Id`
 * if that is short and simple, otherwise a new UUID; its start time; and the listener for its end.
 * The values are stored on the request itself, because an AsyncLocalStorage or a closure for each
 * request would cost more than the rest of this function.
 */
export function requestContext({
  onResponseEnd,
  monotonicClock,
}: RequestContextOptions): BeginRequest {
  function onClose(this: Response): void {
    onResponseEnd(this, monotonicClock() - this.req.startedAt);
  }
  return (request, response) => {
    // Always a string: Node joins repeated headers.
    const offered = request.headers['x-request-id'] as string | undefined;
    const isAccepted = offered !== undefined && ACCEPTABLE_ID.test(offered);
    request.id = isAccepted ? offered : randomUUID();
    request.rejectedId = isAccepted ? undefined : offered?.slice(0, MAX_REJECTED_ID_LENGTH);
    // Express also sets it, but not for requests that get their response before they reach Express.
    request.originalUrl = request.url;
    request.startedAt = monotonicClock();
    request.cacheResult = undefined;
    request.apiKeyId = undefined;
    request.isStream = false;
    request.isEndless = false;
    response.on('close', onClose);
  };
}

/** Returns the value of `X-Cache` in a response, also if its head was written as prebuilt text. */
export function cacheResultOf(response: Response): unknown {
  return response.req.cacheResult ?? response.getHeader('X-Cache');
}
