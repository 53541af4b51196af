import { type AppRoute, ContractNoBody, isZodType } from '@ts-rest/core';
import type { ZodError } from 'zod';
import { UnexpectedResponseError } from './errors/unexpected-response-error.js';
import type { HttpRequest, HttpResponse } from './http-message.js';
import { toProblemError } from './to-problem-error.js';

/** A response that the contract declares as a success. */
export interface SuccessResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** What a call requires of its response beyond the contract's schemas. */
export interface ResponseRequirements {
  /**
   * Whether the response must have an entity tag. Default: false, as proxies and CORS may hide
   * headers.
   */
  readonly etagRequired?: boolean;
}

/**
 * Checks a response against the route's declaration in the contract.
 *
 * @throws {ProblemError} when the response is a problem document
 * @throws {UnexpectedResponseError} when the route does not declare such a response, or when it
 * does not meet the requirements
 */
export function readResponse(
  route: AppRoute,
  request: HttpRequest,
  response: HttpResponse,
  { etagRequired = false }: ResponseRequirements,
): SuccessResponse {
  const { status, headers } = response;
  const body = readBody(route, request, response);
  if (status >= 400) {
    throw toProblemError(request, response, body);
  }
  if (status >= 300) {
    const message = `Expected a success, got status ${status}`;
    throw new UnexpectedResponseError(message, request, response);
  }
  if (etagRequired && !headers.has('etag')) {
    const message = 'Expected an ETag header, got none (in a browser, CORS may hide it)';
    throw new UnexpectedResponseError(message, request, response);
  }
  return { status, headers, body };
}

function readBody(route: AppRoute, request: HttpRequest, response: HttpResponse): unknown {
  const declared: unknown = route.responses[response.status];
  if (declared === ContractNoBody) {
    return undefined;
  }
  if (!isZodType(declared)) {
    const statuses = Object.keys(route.responses).join(', ');
    const message = `Expected one of the statuses ${statuses}, got ${response.status}`;
    throw new UnexpectedResponseError(message, request, response);
  }
  const result = declared.safeParse(parseJson(request, response));
  if (result.success) {
    return result.data;
  }
  const message = `The response does not match the contract (${firstFault(result.error)})`;
  throw new UnexpectedResponseError(message, request, response, { cause: result.error });
}

function parseJson(request: HttpRequest, response: HttpResponse): unknown {
  try {
    return JSON.parse(response.text);
  } catch (cause) {
    throw new UnexpectedResponseError('The response is not JSON', request, response, { cause });
  }
}

function firstFault({ issues: [issue] }: ZodError): string {
  return [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ');
}
