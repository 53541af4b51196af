import type { Deadline } from './deadline.js';
import { ConnectionError } from './errors/connection-error.js';
import type { HttpResponse } from './http-message.js';
import { retryAfterSeconds } from './retry-after.js';
import { sleep } from './sleep.js';

/** How reads are retried after a failed connection or a 503 with `Retry-After`. */
export interface RetryOptions {
  /** The maximum number of retries; 0 turns them off. Default: 2. */
  readonly limit?: number;
  /** Milliseconds before the first retry; each further delay doubles. Default: 100. */
  readonly baseDelayMs?: number;
  /** The longest delay in milliseconds. Default: 2000. */
  readonly maxDelayMs?: number;
}

/** Retry options with their defaults. */
export type RetryPolicy = Required<RetryOptions>;

/** Adds the defaults to retry options. */
export function retryPolicy(options: RetryOptions = {}): RetryPolicy {
  return { limit: 2, baseDelayMs: 100, maxDelayMs: 2000, ...options };
}

/** The policy that never retries. */
export const noRetries: RetryPolicy = retryPolicy({ limit: 0 });

/**
 * Retries an attempt after a temporary failure, while the policy allows it and the deadline leaves
 * time for the delay. Returns or throws the outcome of the last attempt.
 *
 * @throws {ConnectionError} when the last attempt failed to get a complete response
 * @throws the reason of the deadline when it comes during a delay
 */
export async function withRetries(
  attempt: () => Promise<HttpResponse>,
  policy: RetryPolicy,
  deadline: Deadline,
): Promise<HttpResponse> {
  for (let retries = 0; ; retries += 1) {
    const outcome = await attempt().catch(connectionErrorOrThrow);
    const delayMs = delayBeforeRetry(outcome, retries, policy);
    if (delayMs === undefined || delayMs >= deadline.remainingMs()) {
      if (outcome instanceof ConnectionError) {
        throw outcome;
      }
      return outcome;
    }
    await sleep(delayMs, deadline.signal);
  }
}

type Outcome = HttpResponse | ConnectionError;

function connectionErrorOrThrow(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) {
    return error;
  }
  throw error;
}

/** Returns the milliseconds before the next attempt, or undefined for no further attempt. */
function delayBeforeRetry(outcome: Outcome, retries: number, policy: RetryPolicy) {
  if (retries >= policy.limit) {
    return undefined;
  }
  if (outcome instanceof ConnectionError) {
    return jitteredDelay(retries, policy);
  }
  if (outcome.status !== 503) {
    return undefined;
  }
  const seconds = retryAfterSeconds(outcome.headers);
  // With jitter, clients that got the same Retry-After do not all return at the same moment.
  return seconds === undefined ? undefined : seconds * 1000 + jitteredDelay(retries, policy);
}

/** Returns a random delay up to the exponential backoff ("full jitter"). */
function jitteredDelay(retries: number, { baseDelayMs, maxDelayMs }: RetryPolicy): number {
  return Math.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** retries);
}
