import type { Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { ProblemError } from './problem-error.js';
import type { RefusedProduct } from './refused-product.js';

/** The quantity in stock is not the `expected` one (409). The adjustment has changed nothing. */
export class StockChangedError extends ProblemError implements RefusedProduct {
  override readonly name = 'StockChangedError';
  readonly productId: string;
  readonly available: number;

  constructor(response: HttpResponse, problem: Problem, refused: RefusedProduct) {
    super(response, problem);
    this.productId = refused.productId;
    this.available = refused.available;
  }
}
