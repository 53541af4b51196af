import type { Problem, Shortage } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { ProblemError } from './problem-error.js';

/** The adjustment would take more pieces than there are (409). It has changed nothing. */
export class InsufficientStockError extends ProblemError {
  override readonly name = 'InsufficientStockError';
  /** Every product with too few pieces. */
  readonly shortages: readonly Shortage[];

  constructor(response: HttpResponse, problem: Problem, shortages: readonly Shortage[]) {
    super(response, problem);
    this.shortages = shortages;
  }
}

/** The product that refused an adjustment. */
export interface RefusedProduct {
  readonly productId: string;
  /** The quantity in stock. */
  readonly available: number;
}

/** One product does not allow an adjustment. */
export abstract class RefusedProductError extends ProblemError implements RefusedProduct {
  readonly productId: string;
  /** The quantity in stock. */
  readonly available: number;

  constructor(response: HttpResponse, problem: Problem, refused: RefusedProduct) {
    super(response, problem);
    this.productId = refused.productId;
    this.available = refused.available;
  }
}

/** The quantity in stock is not the `expected` one (409). The adjustment has changed nothing. */
export class StockChangedError extends RefusedProductError {
  override readonly name = 'StockChangedError';
}

/** There would be more than 2^53 − 1 pieces (409). The adjustment has changed nothing. */
export class StockOverflowError extends RefusedProductError {
  override readonly name = 'StockOverflowError';
}
