import type { CachePeek } from '@product-api/cache';
import type { Product } from '@product-api/contract';
import type { RequestHandler } from 'express';
import { requireIfMatch } from '../http/conditional/preconditions.js';
import {
  type PreparedResponse,
  preparedSender,
  prepareResponse,
} from '../http/fast-path/prepared-response.js';
import { ProductNotFoundError } from './product-errors.js';
import type { ProductService } from './product-service.js';

/**
 * Answers a read that the cache knows the answer to; any other goes on to the route's handler. It is
 * middleware of the contract's route, as what ts-rest does around a handler costs more than the rest.
 */
export function respondFromCache(service: ProductService): RequestHandler<{ id: string }> {
  /** Kept for as long as the cache keeps the hit. */
  const answers = new WeakMap<CachePeek<Product>, PreparedResponse>();
  const send = preparedSender();

  function answerTo(hit: CachePeek<Product>): PreparedResponse {
    if (hit.value === undefined) {
      throw new ProductNotFoundError(hit.source);
    }
    const known = answers.get(hit);
    if (known) {
      return known;
    }
    const answer = prepareResponse(hit.text);
    answers.set(hit, answer);
    return answer;
  }

  // The promise of an async function, and Express's own for that, would be two more for each read.
  return (request, response, next) => {
    void service.peek(request.params.id).then((hit) => {
      if (!hit) {
        return next();
      }
      try {
        request.cacheResult = 'HIT';
        const answer = answerTo(hit);
        const ifMatch = request.headers['if-match'];
        if (ifMatch !== undefined) {
          requireIfMatch(ifMatch, { name: 'product', entityTag: answer.entityTag });
        }
        send(response, answer);
      } catch (error) {
        next(error);
      }
    });
  };
}
