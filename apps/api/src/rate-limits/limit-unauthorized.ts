import type { ErrorRequestHandler } from 'express';
import { ProblemError } from '../http/problems/problem-errors.js';
import type { RateLimiter } from './rate-limiter.js';

/**
 * Creates middleware that counts each request without a valid key for its address. If the address
 * has sent too many of them, they get 429 instead of 401. It never sees a request with a valid key.
 */
export function limitUnauthorized(rateLimiter: RateLimiter): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (error instanceof ProblemError && error.kind === 'unauthorized') {
      rateLimiter.countUnauthorized(request, response, (exceeded) => next(exceeded ?? error));
    } else {
      next(error);
    }
  };
}
