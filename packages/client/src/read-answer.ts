import { type AppRoute, ContractNoBody, isZodType } from '@ts-rest/core';
import { UnexpectedResponseError } from './errors/unexpected-response-error.js';
import type { HttpRequest, HttpResponse } from './http-message.js';
import { problemErrorFrom } from './problem-error-from.js';

/** An answer that the contract declares as a success. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** What a call needs of its answer beyond what the contract's schemas say. */
export interface AnswerNeeds {
  /** Whether it must have an entity tag. Default false, as proxies and CORS may hide headers. */
  readonly etagNeeded?: boolean;
}

/**
 * Checks an answer against the route's declaration in the contract.
 *
 * @throws ProblemError (one of its classes) when the answer is a problem document;
 * UnexpectedResponseError when it is nothing that the route declares, or not what the call needs.
 */
export function readAnswer(
  route: AppRoute,
  request: HttpRequest,
  response: HttpResponse,
  { etagNeeded = false }: AnswerNeeds,
): Answer {
  const { status, headers } = response;
  const body = readBody(route, request, response);
  if (status >= 400) {
    throw problemErrorFrom(request, response, body);
  }
  if (status >= 300) {
    throw new UnexpectedResponseError(`Status ${status} was not asked for`, request, response);
  }
  if (etagNeeded && !headers.has('etag')) {
    throw new UnexpectedResponseError('The answer has no ETag', request, response);
  }
  return { status, headers, body };
}

function readBody(route: AppRoute, request: HttpRequest, response: HttpResponse): unknown {
  const declared: unknown = route.responses[response.status];
  if (declared === ContractNoBody) {
    return undefined;
  }
  if (!isZodType(declared)) {
    const message = `Status ${response.status} is not in the contract`;
    throw new UnexpectedResponseError(message, request, response);
  }
  const result = declared.safeParse(parseJson(request, response));
  if (result.success) {
    return result.data;
  }
  const message = 'The answer has another shape than the contract says';
  throw new UnexpectedResponseError(message, request, response, { cause: result.error });
}

function parseJson(request: HttpRequest, response: HttpResponse): unknown {
  try {
    return JSON.parse(response.text);
  } catch (cause) {
    throw new UnexpectedResponseError('The answer is no JSON', request, response, { cause });
  }
}
