import type { HttpRequest } from '../http/http-message.js';
import { ProductApiError } from './product-api-error.js';

/**
 * The service could not be reached, or the connection broke before the response was complete.
 * `cause` has the reason.
 */
export class ConnectionError extends ProductApiError {
  override readonly name = 'ConnectionError';

  constructor(request: HttpRequest, cause: unknown) {
    super('The connection to the service failed; check that it is running and reachable', request, {
      cause,
    });
  }
}

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
