import type { HttpRequest, HttpResponse } from '../http-message.js';
import { ProductApiError } from './product-api-error.js';

const keptCharacters = 1000;

/**
 * The answer is none that the contract declares: an unknown status, a body of another shape, a
 * header that is missing. A proxy between, or another service altogether, is the usual reason.
 */
export class UnexpectedResponseError extends ProductApiError {
  override readonly name = 'UnexpectedResponseError';
  declare readonly status: number;
  /** The start of the answer's body, at most 1,000 characters. */
  readonly body: string;

  constructor(
    message: string,
    { method, url }: HttpRequest,
    { status, headers, text }: HttpResponse,
    options?: ErrorOptions,
  ) {
    const requestId = headers.get('x-request-id') ?? undefined;
    super(message, { method, url, status, requestId }, options);
    this.body = text.slice(0, keptCharacters);
  }
}
