import type { Check } from '../checks/check.js';
import { MismatchError } from '../checks/mismatch-error.js';
import type { Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { summarizeResponse } from '../http/response-summary.js';

/** A problem document as it was received: any field may be missing or have another type. */
export type ReceivedProblem = Readonly<Record<string, unknown>>;

/** Returns the JSON object in the body of an error response; undefined if there is none. */
export function receivedProblem({ text }: HttpResponse): ReceivedProblem | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? { ...body } : undefined;
  } catch {
    return undefined;
  }
}

/** Returns a field of a problem document; undefined if it does not match the contract. */
export function checkedField<Value>(
  received: ReceivedProblem | undefined,
  name: string,
  check: Check<Value>,
): Value | undefined {
  try {
    return check(received?.[name], name);
  } catch (error) {
    if (error instanceof MismatchError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Completes a problem document with what the response says. Without a document, the result is of
 * the type `about:blank`, which means what the status means (RFC 9457 §4.2.1).
 */
export function completeProblem(response: HttpResponse, received: ReceivedProblem = {}): Problem {
  const { status, headers } = response;
  const text = (name: string, fallback: string) => {
    const value = received[name];
    return typeof value === 'string' ? value : fallback;
  };
  const title = text('title', titles[status] ?? 'The request failed');
  const description = `${title}; got ${summarizeResponse(response)}`;
  return {
    ...received,
    type: text('type', 'about:blank'),
    title,
    status: typeof received['status'] === 'number' ? received['status'] : status,
    detail: text('detail', 'title' in received ? title : description),
    request_id: text('request_id', headers.get('x-request-id') ?? ''),
  };
}

const titles: Readonly<Record<number, string>> = {
  401: 'Valid credentials are missing',
  403: 'The credentials do not allow this',
  413: 'The body is too large',
  429: 'Too many requests',
  502: 'The proxy got no valid response from the service',
  503: 'The service is unavailable',
  504: 'The proxy got no response from the service in time',
};
