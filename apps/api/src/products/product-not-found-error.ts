import { ProblemError } from '../http/problem-error.js';

/** There is no product with that id. */
export class ProductNotFoundError extends ProblemError {
  override readonly name = 'ProductNotFoundError';

  constructor() {
    super('product-not-found', 'Product not found');
  }
}
