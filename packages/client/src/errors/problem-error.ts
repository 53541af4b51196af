import type { Problem } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { responseDetails } from './failure-details.js';
import { ProductApiError } from './product-api-error.js';

/** The service, or a proxy before it, responded with an error status. */
export abstract class ProblemError extends ProductApiError {
  declare readonly status: number;
  /**
   * The problem document of the response. If the response has none, because it comes from a proxy,
   * this is a problem of the type `about:blank` (RFC 9457 §4.2.1) that describes the response.
   */
  declare readonly problem: Problem;
  // Private, so that logs of the error do not contain headers, which may be secret.
  readonly #headers: Headers;

  constructor(response: HttpResponse, problem: Problem) {
    super(problem.detail, responseDetails(response, problem));
    this.#headers = response.headers;
  }

  /** The headers of the response. */
  get headers(): Headers {
    return this.#headers;
  }
}
