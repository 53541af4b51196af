import type { Problem, Scope } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { retryAfterSeconds } from '../http/retry-after.js';
import { ProblemError } from './problem-error.js';

/** The request has no valid API key (401): none was sent, or it is unknown, revoked or expired. */
export class UnauthorizedError extends ProblemError {
  override readonly name = 'UnauthorizedError';
}

/** The API key does not allow the request (403). */
export class ForbiddenError extends ProblemError {
  override readonly name = 'ForbiddenError';
  /** The scope that the key needs; undefined if a proxy refused the request. */
  readonly requiredScope: Scope | undefined;

  constructor(response: HttpResponse, problem: Problem, requiredScope: Scope | undefined) {
    super(response, problem);
    this.requiredScope = requiredScope;
  }
}

/**
 * Too many requests in a short time (429). The service did nothing. If the 429 of an earlier call
 * asks for a longer wait than this one may take, nothing was sent, and the problem is that of the
 * earlier call.
 */
export class RateLimitError extends ProblemError {
  override readonly name = 'RateLimitError';
  /** Seconds until the service accepts requests again; undefined if it did not say. */
  readonly retryAfterSeconds: number | undefined;
  /** The names of the exceeded policies; empty if a proxy refused the request. */
  readonly violatedPolicies: readonly string[];

  constructor(response: HttpResponse, problem: Problem, violatedPolicies: readonly string[] = []) {
    super(response, problem);
    this.retryAfterSeconds = retryAfterSeconds(response.headers);
    this.violatedPolicies = violatedPolicies;
  }
}
