import { array, string } from '../checks/check.js';
import { ForbiddenError, RateLimitError, UnauthorizedError } from '../errors/access-errors.js';
import type { ProblemError } from '../errors/problem-error.js';
import type { ProductApiError } from '../errors/product-api-error.js';
import {
  ChangesExpiredError,
  NotFoundError,
  PreconditionFailedError,
  RequestRejectedError,
  ValidationError,
} from '../errors/request-errors.js';
import { BadGatewayError, GatewayTimeoutError, ServerError } from '../errors/server-errors.js';
import { UnexpectedResponseError } from '../errors/unexpected-response-errors.js';
import { checkFieldError, checkScope, type Problem, problemTypes } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import {
  checkedField,
  completeProblem,
  type ReceivedProblem,
  receivedProblem,
} from './problem-document.js';
import { stockError } from './stock-error.js';

/**
 * Creates the error for a response with a status from 400. A problem document of the contract
 * decides by its type, on any route; any other body, such as the page of a proxy, by the status.
 */
export function responseError(response: HttpResponse): ProductApiError {
  const received = receivedProblem(response);
  const problem = completeProblem(response, received);
  if (problem.type === problemTypes['validation-error']) {
    const errors = checkedField(received, 'errors', array(checkFieldError));
    return errors === undefined
      ? new RequestRejectedError(response, problem)
      : new ValidationError(response, problem, errors);
  }
  if (notFoundTypes.includes(problem.type)) {
    const ids = checkedField(received, 'product_ids', array(string()));
    return new NotFoundError(response, problem, ids);
  }
  if (problem.type === problemTypes['changes-expired']) {
    const cursor = checkedField(received, 'earliest_cursor', string());
    return cursor === undefined
      ? new RequestRejectedError(response, problem)
      : new ChangesExpiredError(response, problem, cursor);
  }
  const refusal = stockError(response, problem, received);
  if (refusal) {
    return refusal;
  }
  // A 404 of another service must not look like a missing product.
  if (response.status === 404 && !declaredTypes.includes(problem.type)) {
    return new UnexpectedResponseError('Nothing was found at this address', response);
  }
  return problem.type === problemTypes['precondition-failed']
    ? new PreconditionFailedError(response, problem)
    : statusError(response, problem, received);
}

const notFoundTypes: readonly string[] = [
  problemTypes['product-not-found'],
  problemTypes['api-key-not-found'],
  problemTypes['version-not-found'],
];

const declaredTypes: readonly string[] = Object.values(problemTypes);

function statusError(
  response: HttpResponse,
  problem: Problem,
  received: ReceivedProblem | undefined,
): ProblemError {
  switch (response.status) {
    case 401:
      return new UnauthorizedError(response, problem);
    case 403: {
      const scope = checkedField(received, 'required_scope', checkScope);
      return new ForbiddenError(response, problem, scope);
    }
    case 412:
      return new PreconditionFailedError(response, problem);
    case 429: {
      const policies = checkedField(received, 'violated-policies', array(string()));
      return new RateLimitError(response, problem, policies);
    }
    case 502:
      return new BadGatewayError(response, problem);
    case 504:
      return new GatewayTimeoutError(response, problem);
    default:
      return new (response.status >= 500 ? ServerError : RequestRejectedError)(response, problem);
  }
}
