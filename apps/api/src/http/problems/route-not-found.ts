import type { RequestHandler } from 'express';
import { ProblemError } from './problem-error.js';

/** Answers a path that no route took. */
export const routeNotFound: RequestHandler = (request) => {
  // Throws a URIError, which is answered 400, where the percent-encoding is malformed.
  decodeURIComponent(request.path);
  throw new ProblemError('route-not-found', 'Not Found');
};
