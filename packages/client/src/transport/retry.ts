import { ConnectionError, TimeoutError } from '../errors/connection-errors.js';
import type { HttpResponse } from '../http/http-message.js';
import { retryAfterSeconds } from '../http/retry-after.js';
import type { RetryPolicy } from '../options/retry-options.js';
import { type Deadline, MAX_TIMER_MS } from './deadline.js';
import { sleep } from './sleep.js';

/** The outcome of an attempt that may be repeated. */
export type Outcome = HttpResponse | ConnectionError | TimeoutError;

/** The last response, and the number of attempts that it took. */
export interface FinalResponse {
  readonly response: HttpResponse;
  readonly attempts: number;
}

/** What `withRetries` repeats. */
export interface Retried {
  readonly policy: RetryPolicy;
  readonly deadline: Deadline;
  /** Makes the attempt with this number, from 1. */
  attempt(number: number): Promise<HttpResponse>;
  /** Called before the delay after the attempt with this number. */
  onRetry(failed: Outcome, number: number, delayMs: number): Promise<void>;
}

/** Request timeout, too many requests, bad gateway, service unavailable, gateway timeout. */
const retriedStatuses: readonly number[] = [408, 429, 502, 503, 504];

/**
 * Repeats an attempt after a temporary failure, while the policy allows it and the deadline leaves
 * time for the delay. Returns or throws the outcome of the last attempt.
 *
 * @throws {ConnectionError} when the last attempt failed to get a complete response
 * @throws {TimeoutError} when the last attempt took longer than its own limit
 * @throws {unknown} when the deadline comes first: its reason
 */
export async function withRetries(retried: Retried): Promise<FinalResponse> {
  const { policy, deadline } = retried;
  for (let attempts = 1; ; attempts += 1) {
    const outcome = await retried.attempt(attempts).catch((error: unknown) => {
      return temporaryFailure(error, deadline);
    });
    const delayMs = attempts > policy.limit ? undefined : retryDelay(outcome, attempts, policy);
    if (delayMs === undefined || delayMs >= deadline.remainingMs() || delayMs > MAX_TIMER_MS) {
      if (outcome instanceof Error) {
        throw outcome;
      }
      return { response: outcome, attempts };
    }
    await retried.onRetry(outcome, attempts, delayMs);
    await sleep(delayMs, deadline.signal);
  }
}

/** Returns a failure of one attempt; throws any other, such as the end of the whole call. */
function temporaryFailure(error: unknown, { signal }: Deadline): ConnectionError | TimeoutError {
  signal.throwIfAborted();
  if (error instanceof ConnectionError || error instanceof TimeoutError) {
    return error;
  }
  throw error;
}

/** Returns the milliseconds before the next attempt, or undefined for no further attempt. */
function retryDelay(outcome: Outcome, attempts: number, policy: RetryPolicy): number | undefined {
  const backoffMs = jitteredDelay(attempts, policy);
  if (outcome instanceof Error) {
    return backoffMs;
  }
  if (!retriedStatuses.includes(outcome.status)) {
    return undefined;
  }
  // With jitter, clients that got the same Retry-After do not all return at the same moment.
  return (retryAfterSeconds(outcome.headers) ?? 0) * 1000 + backoffMs;
}

/** Returns a random delay up to the exponential backoff ("full jitter"). */
function jitteredDelay(attempts: number, { baseDelayMs, maxDelayMs }: RetryPolicy): number {
  return Math.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (attempts - 1));
}
