import { RateLimitError } from '../errors/access-errors.js';
import { ConnectionError, TimeoutError } from '../errors/connection-errors.js';
import { ProblemError } from '../errors/problem-error.js';
import type { ProductApiError } from '../errors/product-api-error.js';
import { ServerError } from '../errors/server-errors.js';
import { MAX_WAIT_SECONDS } from '../http/retry-after.js';
import type { EndlessOptions } from '../options/change-options.js';
import { jitteredDelay } from '../transport/retry.js';
import { sleep } from '../transport/sleep.js';
import { never } from '../transport/until-aborted.js';

/** The delays of what is retried without an end: longer than those of a call. */
export const endlessPolicy = {
  limit: Number.POSITIVE_INFINITY,
  baseDelayMs: 100,
  maxDelayMs: 5_000,
};

/**
 * Waits until a request can be sent again, with jitter, and at least as long as `Retry-After` says.
 *
 * @param failures how many there were in a row
 * @throws {unknown} when the failure cannot pass: the same error; or the signal's reason
 */
export async function waitForRetry(
  error: unknown,
  failures: number,
  { signal = never, onFailure }: EndlessOptions,
): Promise<void> {
  signal.throwIfAborted();
  if (!canPass(error)) {
    throw error;
  }
  const leastMs = 1000 * Math.min(MAX_WAIT_SECONDS, retryAfter(error) ?? 0);
  const delayMs = leastMs + jitteredDelay(failures, endlessPolicy);
  onFailure?.({ error, delayMs });
  await sleep(delayMs, signal);
}

function canPass(error: unknown): error is ProductApiError {
  return (
    error instanceof ConnectionError ||
    error instanceof TimeoutError ||
    error instanceof RateLimitError ||
    error instanceof ServerError ||
    (error instanceof ProblemError && error.status === REQUEST_TIMEOUT)
  );
}

const REQUEST_TIMEOUT = 408;

function retryAfter(error: ProductApiError): number | undefined {
  return error instanceof RateLimitError || error instanceof ServerError
    ? error.retryAfterSeconds
    : undefined;
}
