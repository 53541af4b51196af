import { contract, metadataOf, type RouteMetadata } from '@product-api/contract';
import { createExpressEndpoints } from '@ts-rest/express';
import type { Express, Request, RequestHandler } from 'express';
import type { Routers } from './create-routers.js';
import { directRoute, type HandleRequest } from './http/fast-path/direct-route.js';
import { joinMiddleware } from './http/fast-path/join-middleware.js';
import { ValidationError } from './http/problems/problem-errors.js';
import { requestFaults } from './http/problems/request-faults.js';

/** What runs in front of the handlers. */
export interface BindingOptions {
  /** The application's middleware in front of all routes. */
  readonly before: readonly RequestHandler[];
  /** Returns the middleware that checks the requests of a route, before any other of the route. */
  readonly checksOf: (route: RouteMetadata) => readonly RequestHandler[];
}

/**
 * Binds the handlers to the routes of the contract, each behind its checks, which are chosen here
 * and not for each request. The route that reads a product becomes a direct route.
 *
 * @returns the function that handles every request of the application
 */
export function bindContract(
  application: Express,
  { routers, respondFromCache }: Routers,
  { before, checksOf }: BindingOptions,
): HandleRequest {
  const routes = Object.values(contract).flatMap((group) => Object.values(group));
  const firstOf = new Map<object, RequestHandler>(
    routes.map((route) => [route, joinMiddleware(checksOf(metadataOf(route)))]),
  );
  const { get } = contract.products;
  const read = directRoute({
    application,
    path: get.path,
    before,
    middleware: [...checksOf(get.metadata), respondFromCache],
  });
  firstOf.set(get, read.middleware);
  createExpressEndpoints(contract, routers, application, {
    logInitialization: false,
    globalMiddleware: [
      (request, response, next) => {
        const first = firstOf.get(request.tsRestRoute);
        if (first === undefined) {
          throw new Error(`${request.tsRestRoute.path} is not a route of the contract`);
        }
        // ts-rest types a request as a union of those of all routes.
        first(request as unknown as Request, response, next);
      },
    ],
    // Passes faults to the error handler; by default ts-rest would respond in its own format.
    requestValidationErrorHandler: (error, request, _response, next) =>
      next(new ValidationError(requestFaults(error, request.tsRestRoute, request.query))),
  });
  return read.handle;
}
