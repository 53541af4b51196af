import type { Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import type { FailureDetails } from './product-api-error.js';

/** Returns the details of an error from its response. */
export function responseDetails(
  { request: { method, url }, status, headers }: HttpResponse,
  problem?: Problem,
): FailureDetails {
  // In a browser, CORS can hide the header; the document has a copy.
  const requestId = headers.get('x-request-id') ?? (problem?.request_id || undefined);
  return { method, url, status, problem, requestId };
}
