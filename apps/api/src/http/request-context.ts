import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { SECURITY_HEADERS } from './security-headers.js';

declare global {
  namespace Express {
    interface Request {
      /** Names the request in the log and in problem documents. */
      id: string;
    }
  }
}

const ACCEPTABLE_ID = /^[\w.-]{1,64}$/;

/** What the access log needs of its surroundings. */
export interface RequestContextOptions {
  readonly logger: Logger;
  /** Milliseconds that only go forward. */
  readonly monotonicClock: () => number;
}

/**
 * Gives every request its id (the caller's `X-Request-Id` where that is short and plain), every answer
 * the headers that never vary, and the log one line for each answer.
 */
export function requestContext({ logger, monotonicClock }: RequestContextOptions): RequestHandler {
  return (request, response, next) => {
    const startedAt = monotonicClock();
    const offered = request.headers['x-request-id'];
    request.id =
      typeof offered === 'string' && ACCEPTABLE_ID.test(offered) ? offered : randomUUID();
    response.setHeader('X-Request-Id', request.id);
    for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);
    response.once('close', () => {
      const entry = {
        request_id: request.id,
        method: request.method,
        path: request.originalUrl,
        status: response.statusCode,
        cache: response.getHeader('X-Cache'),
        duration_ms: Math.round((monotonicClock() - startedAt) * 1000) / 1000,
      };
      if (!response.writableFinished) logger.warn(entry, 'request aborted');
      else if (request.originalUrl.startsWith('/health')) logger.debug(entry, 'request');
      else logger.info(entry, 'request');
    });
    next();
  };
}
