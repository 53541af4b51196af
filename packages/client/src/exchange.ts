import { ConnectionError } from './errors/connection-error.js';
import type { HttpRequest, HttpResponse } from './http-message.js';

/**
 * Sends a request once and receives its whole answer.
 *
 * @throws ConnectionError when no whole answer comes; the signal's `reason` when it is aborted;
 * TypeError when a header's name or value cannot be sent at all.
 */
export async function exchange(
  fetch: typeof globalThis.fetch,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { method, url, body } = request;
  // Made outside of the try block: a bad header is the caller's mistake, not the connection's.
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
