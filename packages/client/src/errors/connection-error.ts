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
