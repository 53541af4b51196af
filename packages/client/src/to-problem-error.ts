import {
  type Problem,
  problemSchema,
  problemType,
  validationProblemSchema,
} from '@product-api/contract';
import { NotFoundError } from './errors/not-found-error.js';
import { PreconditionFailedError } from './errors/precondition-failed-error.js';
import type { ProblemError } from './errors/problem-error.js';
import { RequestRejectedError } from './errors/request-rejected-error.js';
import { ServerError } from './errors/server-error.js';
import { ValidationError } from './errors/validation-error.js';
import type { HttpRequest, HttpResponse } from './http-message.js';
import { retryAfterSeconds } from './retry-after.js';

/** Creates the error for a problem document that was checked against the contract. */
export function toProblemError(
  request: HttpRequest,
  { status, headers }: HttpResponse,
  body: unknown,
): ProblemError {
  if (status === 400) {
    return new ValidationError(request, validationProblemSchema.parse(body));
  }
  const problem = problemSchema.parse(body);
  if (status >= 500) {
    return new ServerError(request, problem, retryAfterSeconds(headers));
  }
  if (status === 412) {
    return new PreconditionFailedError(request, problem);
  }
  if (isProductNotFound(problem)) {
    return new NotFoundError(request, problem);
  }
  return new RequestRejectedError(request, problem);
}

/** A 404 for an unknown route means a wrong base URL, not a missing product. */
function isProductNotFound(problem: Problem): boolean {
  return problem.type === problemType('product-not-found');
}
