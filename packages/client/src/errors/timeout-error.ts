import type { HttpRequest } from '../http-message.js';
import { ProductApiError } from './product-api-error.js';

/** The call, its retries included, took longer than it may. */
export class TimeoutError extends ProductApiError {
  override readonly name = 'TimeoutError';
  /** How many milliseconds the call had. */
  readonly timeoutMs: number;

  constructor(request: HttpRequest, timeoutMs: number) {
    super(`No answer within ${timeoutMs} ms`, request);
    this.timeoutMs = timeoutMs;
  }
}
