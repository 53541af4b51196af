import { array, string } from '../checks/check.js';
import {
  AuthenticationError,
  PermissionDeniedError,
  RateLimitError,
} from '../errors/access-errors.js';
import type { ProductApiError } from '../errors/product-api-error.js';
import {
  NotFoundError,
  PreconditionFailedError,
  RequestRejectedError,
  ValidationError,
} from '../errors/request-errors.js';
import { BadGatewayError, GatewayTimeoutError, ServerError } from '../errors/server-errors.js';
import { UnexpectedResponseError } from '../errors/unexpected-response-errors.js';
import { checkFieldError, problemTypes } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { checkedField, completeProblem, receivedProblem } from './problem-document.js';
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
  if (problem.type === problemTypes['product-not-found']) {
    const ids = checkedField(received, 'product_ids', array(string()));
    return new NotFoundError(response, problem, ids);
  }
  const refusal = stockError(response, problem, received);
  if (refusal) {
    return refusal;
  }
  // A 404 of another service must not look like a missing product.
  if (response.status === 404 && !declaredTypes.includes(problem.type)) {
    return new UnexpectedResponseError('Nothing was found at this address', response);
  }
  const ErrorClass =
    problem.type === problemTypes['precondition-failed']
      ? PreconditionFailedError
      : errorClass(response.status);
  return new ErrorClass(response, problem);
}

const declaredTypes: readonly string[] = Object.values(problemTypes);

function errorClass(status: number) {
  switch (status) {
    case 401:
      return AuthenticationError;
    case 403:
      return PermissionDeniedError;
    case 412:
      return PreconditionFailedError;
    case 429:
      return RateLimitError;
    case 502:
      return BadGatewayError;
    case 504:
      return GatewayTimeoutError;
    default:
      return status >= 500 ? ServerError : RequestRejectedError;
  }
}
