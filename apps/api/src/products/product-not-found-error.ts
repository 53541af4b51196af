import { ProblemError } from '../http/problem-error.js';

/** There is no product with that id. */
export class ProductNotFoundError extends ProblemError {
  override readonly name = 'ProductNotFoundError';

  /** @param source what the cache contributed, if it was asked. */
  constructor(source?: 'hit' | 'miss' | 'bypass') {
    super('product-not-found', 'Product not found', {
      ...(source && { headers: { 'X-Cache': source.toUpperCase() } }),
    });
  }
}
