// Replaces the handler of cache hits: Express serializes the cached product.
import { ProductNotFoundError } from './product-errors.js';

export function respondFromCache(service) {
  return async (request, response, next) => {
    const hit = await service.peek(request.params.id);
    if (!hit) {
      return next();
    }
    if (hit.value === undefined) {
      throw new ProductNotFoundError(hit.source);
    }
    response.setHeader('X-Cache', 'HIT');
    response.json(hit.value);
  };
}
