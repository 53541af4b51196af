import { VERSION } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { summarizeResponse, withoutCredentials } from '../http/response-summary.js';
import { responseDetails } from './failure-details.js';
import { ProductApiError } from './product-api-error.js';

/** Characters of the body that the error keeps. */
const MAX_BODY_LENGTH = 1000;

const ADVICE = `Check that the base URL leads to the product service, and that its version fits this SDK's (${VERSION})`;

/**
 * The contract does not declare such a response: the status is unknown, the body does not match, or
 * a header is missing. Usually the response comes from a proxy or from another service.
 */
export class UnexpectedResponseError extends ProductApiError {
  override readonly name = 'UnexpectedResponseError';
  declare readonly status: number;
  /** The start of the response body, at most 1,000 characters. */
  readonly body: string;

  constructor(message: string, response: HttpResponse, options?: ErrorOptions) {
    super(
      `${message}; got ${summarizeResponse(response)}. ${ADVICE}`,
      responseDetails(response),
      options,
    );
    this.body = response.text.slice(0, MAX_BODY_LENGTH);
  }
}

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
