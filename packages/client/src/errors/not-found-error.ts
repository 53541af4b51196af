import type { Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { ProblemError } from './problem-error.js';

/** No product has this id (404). */
export class NotFoundError extends ProblemError {
  override readonly name = 'NotFoundError';
  /** The unknown ids, if the call is an operation of stock; else empty. */
  readonly productIds: readonly string[];

  constructor(response: HttpResponse, problem: Problem, productIds: readonly string[] = []) {
    super(response, problem);
    this.productIds = productIds;
  }
}
