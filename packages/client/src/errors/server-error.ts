import type { Problem } from '@product-api/contract';
import type { HttpRequest } from '../http-message.js';
import { ProblemError } from './problem-error.js';

/** The service failed, or cannot serve just now (5xx). */
export class ServerError extends ProblemError {
  override readonly name = 'ServerError';
  /** After how many seconds the service asks to try again (`Retry-After`), if it says so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(request: HttpRequest, problem: Problem, retryAfterSeconds: number | undefined) {
    super(request, problem);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
