import type { NextFunction, RequestHandler } from 'express';

const passOn: RequestHandler = (_request, _response, next) => next();

/**
 * Joins middleware to one function. Like Express's router, it passes on what they throw, but it
 * does not await them: none may be an async function.
 */
export function joinMiddleware([first, ...others]: readonly RequestHandler[]): RequestHandler {
  if (first === undefined) {
    return passOn;
  }
  const rest = others.length === 0 ? undefined : joinMiddleware(others);
  return (request, response, next) => {
    const continuation: NextFunction = rest
      ? (error?: unknown) => (error === undefined ? rest(request, response, next) : next(error))
      : next;
    try {
      first(request, response, continuation);
    } catch (error) {
      next(error);
    }
  };
}
