import type { Deadline } from './deadline.js';
import { ConnectionError } from './errors/connection-error.js';
import type { HttpResponse } from './http-message.js';
import { retryAfterSeconds } from './retry-after.js';
import { sleep } from './sleep.js';

/** How reads are repeated after a failed connection or a 503 with `Retry-After`. */
export interface RetryOptions {
  /** How many times at most; 0 turns retries off. Default 2. */
  readonly limit?: number;
  /** Milliseconds before the first retry; doubled for each one after. Default 100. */
  readonly baseDelayMs?: number;
  /** What the doubling stops at, in milliseconds. Default 2000. */
  readonly maxDelayMs?: number;
}

/** The options with their defaults filled in. */
export type RetryPolicy = Required<RetryOptions>;

/** Fills in the defaults. */
export function retryPolicy(options: RetryOptions = {}): RetryPolicy {
  return { limit: 2, baseDelayMs: 100, maxDelayMs: 2000, ...options };
}

/** Sends nothing twice. */
export const noRetries: RetryPolicy = retryPolicy({ limit: 0 });

/**
 * Repeats an attempt while it fails in a way that may pass, the policy allows it and the deadline
 * leaves time for the wait; the last outcome stands.
 *
 * @throws What the last attempt threw; the deadline's reason when that comes during a wait.
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

/** Milliseconds to wait before the next attempt; undefined when there shall be none. */
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
  // The jitter comes on top, so that clients told the same time do not return together.
  return seconds === undefined ? undefined : seconds * 1000 + jitteredDelay(retries, policy);
}

/** A random time up to the exponential backoff's ("full jitter"). */
function jitteredDelay(retries: number, { baseDelayMs, maxDelayMs }: RetryPolicy): number {
  return Math.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** retries);
}
