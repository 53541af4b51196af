import type { RouteMetadata } from '@product-api/contract';
import type { NextFunction, Request, Response } from 'express';
import type { CheckAccess } from './http/access/check-access.js';
import type { CountedRequest, RateLimiter } from './rate-limits/rate-limiter.js';

/** What decides whether a request is handled. */
export interface AdmissionOptions {
  readonly checkAccess: CheckAccess;
  readonly rateLimiter: RateLimiter | undefined;
  /** Maximum body in bytes; streams have none. */
  readonly bodyLimitBytes: number;
}

/**
 * Passes a request on if its key allows it and its rate is within the limits. Only then may a
 * client that waits for `100 Continue` send its body.
 */
export type AdmitRequest = (
  route: RouteMetadata,
  request: CountedRequest & Pick<Request, 'rawHeaders'>,
  response: Pick<Response, 'headersSent' | 'inviteBody' | 'setHeader'>,
  next: NextFunction,
) => void;

/**
 * Creates the function in front of every route, before whatever reads the cache or the body. It is
 * one function, because each further middleware costs 3% of a cached read.
 */
export function admission({
  checkAccess,
  rateLimiter,
  bodyLimitBytes,
}: AdmissionOptions): AdmitRequest {
  return ({ access, rate, stream }, request, response, next) => {
    const { inviteBody } = response;
    const admit: NextFunction =
      inviteBody === undefined
        ? next
        : (refusal?: unknown) => {
            if (refusal === undefined) {
              inviteBody(stream === undefined ? bodyLimitBytes : Number.POSITIVE_INFINITY);
            }
            next(refusal);
          };
    const count: NextFunction =
      rateLimiter === undefined
        ? admit
        : (refusal?: unknown) => {
            if (refusal === undefined) {
              rateLimiter.countRequest(rate, request, response, admit);
            } else {
              next(refusal);
            }
          };
    checkAccess(access, request, count);
  };
}
