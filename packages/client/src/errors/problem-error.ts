import type { Problem } from '@product-api/contract';
import type { HttpRequest } from '../http-message.js';
import { ProductApiError } from './product-api-error.js';

/** The service responded with a problem document. */
export abstract class ProblemError extends ProductApiError {
  declare readonly status: number;
  declare readonly problem: Problem;
  declare readonly requestId: string;

  constructor({ method, url }: HttpRequest, problem: Problem) {
    const { detail, status, request_id: requestId } = problem;
    super(detail, { method, url, status, problem, requestId });
  }
}
