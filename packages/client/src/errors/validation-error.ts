import type { FieldError, ValidationProblem } from '@product-api/contract';
import type { HttpRequest } from '../http-message.js';
import { ProblemError } from './problem-error.js';

/** The request has faults (400). */
export class ValidationError extends ProblemError {
  override readonly name = 'ValidationError';
  /** Every fault, with the path of the member or query parameter that has it. */
  readonly errors: readonly FieldError[];

  constructor(request: HttpRequest, problem: ValidationProblem) {
    super(request, problem);
    this.errors = problem.errors;
  }
}
