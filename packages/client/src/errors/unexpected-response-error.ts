import type { HttpRequest, HttpResponse } from '../http-message.js';
import { ProductApiError } from './product-api-error.js';

/** Characters of the body that the error keeps. */
const MAX_BODY_LENGTH = 1000;

const ADVICE = 'check that the base URL leads to the service, and that its version fits';

/**
 * The contract does not declare such a response: the status is unknown, the body does not match, or
 * a header is missing. Usually the response comes from a proxy or from another service.
 */
export class UnexpectedResponseError extends ProductApiError {
  override readonly name = 'UnexpectedResponseError';
  declare readonly status: number;
  /** The start of the response body, at most 1,000 characters. */
  readonly body: string;

  constructor(
    message: string,
    { method, url }: HttpRequest,
    { status, headers, text }: HttpResponse,
    options?: ErrorOptions,
  ) {
    const requestId = headers.get('x-request-id') ?? undefined;
    super(`${message}; ${ADVICE}`, { method, url, status, requestId }, options);
    this.body = text.slice(0, MAX_BODY_LENGTH);
  }
}
