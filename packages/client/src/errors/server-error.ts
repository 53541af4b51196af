import type { Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { retryAfterSeconds } from '../http/retry-after.js';
import { ProblemError } from './problem-error.js';

/** The service failed, or is temporarily unavailable (5xx). */
export class ServerError extends ProblemError {
  override readonly name: 'ServerError' | 'BadGatewayError' | 'GatewayTimeoutError' = 'ServerError';
  /** The `Retry-After` of the response in seconds; undefined when there is none. */
  readonly retryAfterSeconds: number | undefined;

  constructor(response: HttpResponse, problem: Problem) {
    super(response, problem);
    this.retryAfterSeconds = retryAfterSeconds(response.headers);
  }
}
