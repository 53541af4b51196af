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
