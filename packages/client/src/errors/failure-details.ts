import type { Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';

/** Details of a failed request and, if there was one, of its response. */
export interface FailureDetails {
  /** The method of the request, such as `GET`. */
  readonly method: string;
  /** The absolute URL of the request. */
  readonly url: string;
  /** The status of the response. */
  readonly status?: number | undefined;
  /** The problem document of the response (RFC 9457). */
  readonly problem?: Problem | undefined;
  /** The `X-Request-Id` of the response, which identifies the request in the service's log. */
  readonly requestId?: string | undefined;
}

/** Returns the details of an error from its response. */
export function responseDetails(
  { request: { method, url }, status, headers }: HttpResponse,
  problem?: Problem,
): FailureDetails {
  // In a browser, CORS can hide the header; the document has a copy.
  const requestId = headers.get('x-request-id') ?? (problem?.request_id || undefined);
  return { method, url, status, problem, requestId };
}
