import type { RequestHandler } from 'express';

const passOn: RequestHandler = (_request, _response, next) => next();

/**
 * Joins middleware to one function. Like Express's router, it passes on what they throw, but it
 * does not await them: none may be an async function.
 */
export function joinMiddleware([first, ...others]: readonly RequestHandler[]): RequestHandler {
  if (first === undefined) {
    return passOn;
  }
  const rest = joinMiddleware(others);
  return (request, response, next) => {
    try {
      first(request, response, (error?: unknown) =>
        error === undefined ? rest(request, response, next) : next(error),
      );
    } catch (error) {
      next(error);
    }
  };
}
