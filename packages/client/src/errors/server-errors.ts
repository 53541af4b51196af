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

/** A proxy got no valid response from the service (502): the service may be down. */
export class BadGatewayError extends ServerError {
  override readonly name = 'BadGatewayError';
}

/** A proxy got no response from the service in time (504). */
export class GatewayTimeoutError extends ServerError {
  override readonly name = 'GatewayTimeoutError';
}
