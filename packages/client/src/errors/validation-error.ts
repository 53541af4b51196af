import type { FieldError, ValidationProblem } from '@product-api/contract';
import type { HttpRequest } from '../http-message.js';
import { ProblemError } from './problem-error.js';

/** The request is invalid (400). */
export class ValidationError extends ProblemError {
  override readonly name = 'ValidationError';
  /** All faults of the request, each with the path of its field or query parameter. */
  readonly errors: readonly FieldError[];

  constructor(request: HttpRequest, problem: ValidationProblem) {
    super(request, problem);
    this.errors = problem.errors;
  }
}
