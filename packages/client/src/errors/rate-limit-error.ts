import type { Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { retryAfterSeconds } from '../http/retry-after.js';
import { ProblemError } from './problem-error.js';

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
