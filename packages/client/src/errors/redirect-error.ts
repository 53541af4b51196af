import type { HttpResponse } from '../http/http-message.js';
import { withoutCredentials } from '../http/response-summary.js';
import { ProductApiError } from './product-api-error.js';
import { responseDetails } from './response-details.js';

/**
 * A change was redirected. The SDK does not follow, because the change could be lost or made twice.
 * Set the base URL to the new address.
 */
export class RedirectError extends ProductApiError {
  override readonly name = 'RedirectError';
  /** The absolute new address of the request; undefined in a browser, which hides it. */
  readonly location: string | undefined;

  constructor(response: HttpResponse) {
    const location = newAddress(response);
    const target = location === undefined ? 'another address' : withoutCredentials(location);
    super(
      `The service has moved to ${target}. Changes are not sent there: set the base URL to the new address`,
      responseDetails(response),
    );
    this.location = location;
  }
}

function newAddress({ request, headers }: HttpResponse): string | undefined {
  const location = headers.get('location');
  if (location === null || !URL.canParse(location, request.url)) {
    return undefined;
  }
  return new URL(location, request.url).href;
}
