import { UnexpectedResponseError } from '../errors/unexpected-response-errors.js';
import type { HttpResponse } from '../http/http-message.js';

/**
 * Returns a header that the contract promises.
 *
 * @throws {UnexpectedResponseError} when the response does not have it
 */
export function requiredHeader(response: HttpResponse, name: string): string {
  const value = response.headers.get(name);
  if (value === null) {
    const message = `Expected the header ${name}, got none (in a browser, CORS may hide it)`;
    throw new UnexpectedResponseError(message, response);
  }
  return value;
}
