import { ProblemError } from '../http/problem-error.js';

/** The product is no longer the one that a conditional change was based on. */
export class ProductChangedError extends ProblemError {
  override readonly name = 'ProductChangedError';

  constructor() {
    super('precondition-failed', 'The product has changed since it was read');
  }
}
