import type { Check } from '../checks/check.js';
import { MismatchError } from '../checks/mismatch-error.js';
import { RedirectError, UnexpectedResponseError } from '../errors/unexpected-response-errors.js';
import type { HttpResponse } from '../http/http-message.js';
import { responseError } from './response-error.js';

const NO_CONTENT = 204;

/** The success that a route of the contract declares. */
export interface Success<Body> {
  readonly status: number;
  readonly body: Check<Body>;
}

/**
 * Creates the function that returns the body of a response, checked against the contract.
 *
 * @throws {ProblemError} when the response is an error
 * @throws {RedirectError} when a change was redirected
 * @throws {UnexpectedResponseError} when the contract does not declare such a response
 */
export function successReader<Body>({ status, body }: Success<Body>) {
  return (response: HttpResponse): Body => {
    refuseFailure(response);
    if (response.status !== status) {
      throw new UnexpectedResponseError(`Expected status ${status}`, response);
    }
    const value = status === NO_CONTENT ? undefined : parseJson(response);
    return checked(body, value, response);
  };
}

/**
 * Returns the value of one line of a stream, checked against the contract.
 *
 * @throws {UnexpectedResponseError} when it is not JSON or does not match
 */
export function readLine<Value>(check: Check<Value>, line: string, response: HttpResponse): Value {
  const received = { ...response, text: line };
  return checked(check, parseJson(received), received);
}

function checked<Value>(check: Check<Value>, value: unknown, response: HttpResponse): Value {
  try {
    return check(value, '');
  } catch (cause) {
    throw cause instanceof MismatchError ? mismatch(response, cause) : cause;
  }
}

/**
 * Does nothing if a response is a success.
 *
 * @throws {ProblemError} when the response is an error
 * @throws {RedirectError} when a change was redirected
 */
export function refuseFailure(response: HttpResponse): void {
  if (response.status >= 400) {
    throw responseError(response);
  }
  // A browser hides a redirect that is not followed: its status is 0.
  if (response.status === 0 || isRedirect(response)) {
    throw new RedirectError(response);
  }
}

/**
 * Parses the body of a response.
 *
 * @throws {UnexpectedResponseError} when it is not JSON
 */
export function parseJson(response: HttpResponse): unknown {
  try {
    return JSON.parse(response.text);
  } catch (cause) {
    throw new UnexpectedResponseError('The response is not JSON', response, { cause });
  }
}

function mismatch(response: HttpResponse, cause: MismatchError): UnexpectedResponseError {
  const message = `The response does not match the contract (${cause.message})`;
  return new UnexpectedResponseError(message, response, { cause });
}

function isRedirect({ status, headers }: HttpResponse): boolean {
  return status >= 300 && status < 400 && headers.has('location');
}
