import type { HttpRequest } from '../http/http-message.js';
import { ProductApiError } from './product-api-error.js';

/** No complete response came in time. */
export class TimeoutError extends ProductApiError {
  override readonly name = 'TimeoutError';
  /** The limit that was exceeded, in milliseconds. */
  readonly timeoutMs: number;

  /** @param scope whether `timeoutMs` limits the whole call or each attempt */
  constructor(request: HttpRequest, timeoutMs: number, scope: 'call' | 'attempt') {
    const limited = scope === 'call' ? 'including retries' : 'the limit of one attempt';
    super(
      `No complete response within ${timeoutMs} ms, ${limited}. Increase the timeout, or check that the service is running.`,
      request,
    );
    this.timeoutMs = timeoutMs;
  }
}
