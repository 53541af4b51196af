import type { FieldError } from '@product-api/contract';
import { ProblemError } from './problem-error.js';

/** A request that breaks the contract; the answer lists every fault. */
export class ValidationError extends ProblemError {
  override readonly name = 'ValidationError';

  constructor(errors: readonly FieldError[], options?: ErrorOptions) {
    super('validation-error', 'Validation error', { ...options, errors });
  }
}
