import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { joinMiddleware } from './join-middleware.js';

/** Handles a request. `done` is called with the error that the application did not handle. */
export type HandleRequest = (request: Request, response: Response, done: NextFunction) => void;

/** Options of a direct route. */
export interface DirectRouteOptions {
  readonly application: Express;
  /** The path of the route, with one parameter at its end, such as `/products/:id`. */
  readonly path: `${string}/:${string}`;
  /** The application's middleware in front of all routes, in order. */
  readonly before: readonly RequestHandler[];
  /** The middleware of the route, in order. */
  readonly middleware: readonly RequestHandler[];
}

/** A route whose middleware runs in front of Express's router. */
export interface DirectRoute {
  /** Handles every request of the application. */
  readonly handle: HandleRequest;
  /** The middleware of the route in Express's router. */
  readonly middleware: RequestHandler;
}

/** A GET whose parameter is a UUID: no other path of the application has one in its place. */
const UUID = '([0-9a-f-]{36})';

/**
 * Creates a direct route. Express's router, with its layers around each middleware, takes an eighth
 * of a cached read. A GET whose path is that of the route, with a UUID as its parameter and without
 * a query, therefore goes to the route's middleware at once.
 *
 * If the middleware passes a request on, with an error or without, Express routes it as any other
 * request. When it comes to the route, only the handler is left, or the error.
 */
export function directRoute({
  application,
  path,
  before,
  middleware,
}: DirectRouteOptions): DirectRoute {
  const [prefix = '', parameter = ''] = path.split(':');
  const pattern = new RegExp(`^${prefix}${UUID}$`);
  const route = { path };
  const runAll = joinMiddleware([...before, ...middleware]);
  const runOwn = joinMiddleware(middleware);
  return {
    handle(request, response, done) {
      const value = request.method === 'GET' ? pattern.exec(request.url)?.[1] : undefined;
      if (value === undefined) {
        application(request, response, done);
        return;
      }
      // What Express sets.
      request.res = response;
      request.params = { [parameter]: value };
      request.route = route;
      runAll(request, response, (error?: unknown) => {
        request.directOutcome = { error };
        application(request, response, done);
      });
    },

    middleware(request, response, next) {
      if (request.directOutcome) {
        next(request.directOutcome.error);
      } else {
        runOwn(request, response, next);
      }
    },
  };
}
