import type { Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { ProblemError } from './problem-error.js';
import type { RefusedProduct } from './refused-product.js';

/** There would be more than 2^53 − 1 pieces (409). The adjustment has changed nothing. */
export class StockOverflowError extends ProblemError implements RefusedProduct {
  override readonly name = 'StockOverflowError';
  readonly productId: string;
  readonly available: number;

  constructor(response: HttpResponse, problem: Problem, refused: RefusedProduct) {
    super(response, problem);
    this.productId = refused.productId;
    this.available = refused.available;
  }
}
