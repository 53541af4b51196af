import type { HttpRequest } from '../http-message.js';
import { ProductApiError } from './product-api-error.js';

/** The call, including its retries, took longer than its timeout. */
export class TimeoutError extends ProductApiError {
  override readonly name = 'TimeoutError';
  /** The timeout of the call in milliseconds. */
  readonly timeoutMs: number;

  constructor(request: HttpRequest, timeoutMs: number) {
    super(
      `No complete response within ${timeoutMs} ms, including retries. Increase the timeout, or check that the service is running.`,
      request,
    );
    this.timeoutMs = timeoutMs;
  }
}
