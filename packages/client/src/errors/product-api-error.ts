import type { Problem } from '@product-api/contract';

/** What an error tells of the request that failed and, where one came, of its answer. */
export interface FailureDetails {
  /** The request's method, such as `GET`. */
  readonly method: string;
  /** The request's absolute URL. */
  readonly url: string;
  /** The answer's status. */
  readonly status?: number | undefined;
  /** The answer's problem document (RFC 9457). */
  readonly problem?: Problem | undefined;
  /** The answer's `X-Request-Id`, which names the request in the service's log. */
  readonly requestId?: string | undefined;
}

/** What every error of the SDK is, apart from the caller's own abort. */
export class ProductApiError extends Error implements FailureDetails {
  override readonly name: string = 'ProductApiError';
  readonly method: string;
  readonly url: string;
  readonly status: number | undefined;
  readonly problem: Problem | undefined;
  readonly requestId: string | undefined;

  constructor(message: string, details: FailureDetails, options?: ErrorOptions) {
    super(`${message} (${details.method} ${details.url})`, options);
    this.method = details.method;
    this.url = details.url;
    this.status = details.status;
    this.problem = details.problem;
    this.requestId = details.requestId;
  }
}
