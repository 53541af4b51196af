import type { Problem } from '../generated/contract.js';
import { errorToJson } from './error-to-json.js';
import type { FailureDetails } from './failure-details.js';

/**
 * The base class of all errors of the SDK. An abort by the caller throws the reason of the caller's
 * signal instead.
 *
 * @example
 * ```ts
 * try {
 *   await client.products.get(id);
 * } catch (error) {
 *   if (error instanceof ProductApiError) {
 *     console.error(error.name, error.status, error.requestId);
 *   }
 * }
 * ```
 */
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

  /** Returns what `JSON.stringify` writes: the fields with message and cause, without the stack. */
  toJSON(): Record<string, unknown> {
    return errorToJson(this);
  }
}
