import type { Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { retryAfterSeconds } from '../http/retry-after.js';
import { ProblemError } from './problem-error.js';

/** The request has no valid credentials (401): check the headers of the client. */
export class AuthenticationError extends ProblemError {
  override readonly name = 'AuthenticationError';
}

/** The credentials do not allow the request (403). */
export class PermissionDeniedError extends ProblemError {
  override readonly name = 'PermissionDeniedError';
}

/** Too many requests in a short time (429). */
export class RateLimitError extends ProblemError {
  override readonly name = 'RateLimitError';
  /** The `Retry-After` of the response in seconds; undefined when there is none. */
  readonly retryAfterSeconds: number | undefined;

  constructor(response: HttpResponse, problem: Problem) {
    super(response, problem);
    this.retryAfterSeconds = retryAfterSeconds(response.headers);
  }
}
