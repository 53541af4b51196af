import type { Problem } from '@product-api/contract';
import type { HttpRequest } from '../http-message.js';
import { ProblemError } from './problem-error.js';

/** The service failed, or is temporarily unavailable (5xx). */
export class ServerError extends ProblemError {
  override readonly name = 'ServerError';
  /** The `Retry-After` of the response in seconds; undefined when there is none. */
  readonly retryAfterSeconds: number | undefined;

  constructor(request: HttpRequest, problem: Problem, retryAfterSeconds: number | undefined) {
    super(request, problem);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
