import { VERSION } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { summarizeResponse } from '../http/response-summary.js';
import { ProductApiError } from './product-api-error.js';
import { responseDetails } from './response-details.js';

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
