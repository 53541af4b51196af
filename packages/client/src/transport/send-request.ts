import { ConnectionError } from '../errors/connection-errors.js';
import { type HttpRequest, type HttpResponse, isRead } from '../http/http-message.js';

/** What an attempt sends. */
export interface OutgoingMessage {
  readonly request: HttpRequest;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/**
 * Sends a request once and receives the whole response. Follows redirects of reads only.
 *
 * @throws {ConnectionError} when no complete response comes
 * @throws {unknown} when the signal is aborted: its `reason`
 */
export async function sendRequest(
  fetch: typeof globalThis.fetch,
  { request, headers, body }: OutgoingMessage,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { method, url } = request;
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal,
      redirect: isRead(method) ? 'follow' : 'manual',
      ...(body !== undefined && { body }),
    });
    return {
      request,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      redirectedTo: response.redirected ? response.url : undefined,
    };
  } catch (cause) {
    signal.throwIfAborted();
    throw new ConnectionError(request, cause);
  }
}
