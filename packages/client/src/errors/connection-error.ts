import type { HttpRequest } from '../http-message.js';
import { ProductApiError } from './product-api-error.js';

/** No whole answer came: the service cannot be reached, or the connection broke. `cause` says why. */
export class ConnectionError extends ProductApiError {
  override readonly name = 'ConnectionError';

  constructor(request: HttpRequest, cause: unknown) {
    super('The connection failed', request, { cause });
  }
}
