import type { FieldError, Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { ProblemError } from './problem-error.js';

/** The request is invalid (400). */
export class ValidationError extends ProblemError {
  override readonly name = 'ValidationError';
  /** All faults of the request, each with the path of its field or query parameter. */
  readonly errors: readonly FieldError[];

  constructor(response: HttpResponse, problem: Problem, errors: readonly FieldError[]) {
    super(response, problem);
    this.errors = errors;
  }
}
