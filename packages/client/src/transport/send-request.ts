import { ConnectionError } from '../errors/connection-errors.js';
import {
  type ByteStream,
  type HttpRequest,
  type HttpResponse,
  isRead,
} from '../http/http-message.js';

/** What an attempt sends. */
export interface OutgoingMessage {
  readonly request: HttpRequest;
  readonly headers: Headers;
  readonly body: OutgoingBody | undefined;
  /** Whether the body of a success is returned as a stream. */
  readonly streamed: boolean;
}

/** A text, or a function that returns a new stream for each attempt. */
export type OutgoingBody = string | (() => ByteStream);

/**
 * Sends a request once and receives the whole response, or the beginning of a stream. Follows
 * redirects of reads only.
 *
 * @throws {ConnectionError} when no complete response comes
 * @throws {unknown} when the signal is aborted: its `reason`
 */
export async function sendRequest(
  fetch: typeof globalThis.fetch,
  { request, headers, body, streamed }: OutgoingMessage,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { method, url } = request;
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal,
      redirect: isRead(method) ? 'follow' : 'manual',
      ...(typeof body === 'string' && { body }),
      ...(typeof body === 'function' && streamingBody(body)),
    });
    const isStream = streamed && response.ok;
    return {
      request,
      status: response.status,
      headers: response.headers,
      text: isStream ? '' : await response.text(),
      stream: isStream ? (response.body ?? undefined) : undefined,
      redirectedTo: response.redirected ? response.url : undefined,
    };
  } catch (cause) {
    signal.throwIfAborted();
    throw new ConnectionError(request, cause);
  }
}

/** `duplex` is required for a stream; the types of `fetch` do not have it yet. */
function streamingBody(body: () => ByteStream): { body: ByteStream; duplex: 'half' } {
  return { body: body(), duplex: 'half' };
}
