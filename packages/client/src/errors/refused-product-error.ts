import type { Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { ProblemError } from './problem-error.js';

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
