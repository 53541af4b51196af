import type { CachePeek } from '@product-api/cache';
import type { Product } from '@product-api/contract';
import type { Request, RequestHandler } from 'express';
import { requireIfMatch } from '../http/conditional/preconditions.js';
import {
  type PreparedResponse,
  preparedSender,
  prepareResponse,
} from '../http/fast-path/prepared-response.js';
import { ProductNotFoundError } from './product-errors.js';
import type { ProductService } from './product-service.js';

/**
 * Creates the middleware of the read route that responds to a cache hit. After a miss, or if the
 * request has query parameters, which the contract refuses, the route's handler runs. ts-rest's
 * work around a handler would cost more than the rest of a cached read.
 *
 * It reads the parameter `id` of the route.
 */
export function respondFromCache(service: ProductService): RequestHandler {
  /** The prepared response of each hit, for as long as the cache keeps the hit. */
  const prepared = new WeakMap<CachePeek<Product>, PreparedResponse>();
  const send = preparedSender();

  function responseTo(hit: CachePeek<Product>): PreparedResponse {
    if (hit.value === undefined) {
      throw new ProductNotFoundError(hit.source);
    }
    const known = prepared.get(hit);
    if (known) {
      return known;
    }
    const response = prepareResponse(hit.text);
    prepared.set(hit, response);
    return response;
  }

  // Not an async function: its promise, and Express's own for it, would be two more for each read.
  return (request, response, next) => {
    if (hasParameters(request)) {
      return next();
    }
    void service.peek(String(request.params['id'])).then((hit) => {
      if (!hit) {
        return next();
      }
      try {
        request.cacheResult = 'HIT';
        const found = responseTo(hit);
        const ifMatch = request.headers['if-match'];
        if (ifMatch !== undefined) {
          requireIfMatch(ifMatch, { name: 'product', entityTag: found.entityTag });
        }
        send(response, found);
      } catch (error) {
        next(error);
      }
    });
  };
}

/** Express parses the query again for each access to it, so most requests avoid that. */
function hasParameters(request: Request): boolean {
  return request.url.includes('?') && Object.keys(request.query).length > 0;
}
