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

/** No product, no version of it, or no API key has this id (404). */
export class NotFoundError extends ProblemError {
  override readonly name = 'NotFoundError';
  /** The unknown ids, if the call is an operation of stock; else empty. */
  readonly productIds: readonly string[];

  constructor(response: HttpResponse, problem: Problem, productIds: readonly string[] = []) {
    super(response, problem);
    this.productIds = productIds;
  }
}

/** The product has changed since the entity tag in `ifMatch` was read (412). */
export class PreconditionFailedError extends ProblemError {
  override readonly name = 'PreconditionFailedError';
}

/** The feed cannot go on from this cursor (410): it is too old, or of another database. */
export class ChangesExpiredError extends ProblemError {
  override readonly name = 'ChangesExpiredError';
  /** The cursor of the earliest change that can still be read; what was before it is lost. */
  readonly earliestCursor: string;

  constructor(response: HttpResponse, problem: Problem, earliestCursor: string) {
    super(response, problem);
    this.earliestCursor = earliestCursor;
  }
}

/** The request was refused (a 4xx without a class of its own). */
export class RequestRejectedError extends ProblemError {
  override readonly name = 'RequestRejectedError';
}
