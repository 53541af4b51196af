import { ConnectionError } from './errors/connection-error.js';
import type { HttpRequest, HttpResponse } from './http-message.js';

/**
 * Sends a request once and receives the whole response.
 *
 * @throws {ConnectionError} when no complete response comes
 * @throws {TypeError} when a header has an invalid name or value
 * @throws the signal's `reason` when the signal is aborted
 */
export async function sendRequest(
  fetch: typeof globalThis.fetch,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { method, url, body } = request;
  // Outside of the try block, because an invalid header is not a connection error.
  const headers = new Headers(request.headers);
  try {
    const response = await fetch(url, { method, headers, body, signal });
    const { status, headers: responseHeaders } = response;
    return { status, headers: responseHeaders, text: await response.text() };
  } catch (cause) {
    signal.throwIfAborted();
    throw new ConnectionError(request, cause);
  }
}
