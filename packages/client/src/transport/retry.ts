import { ConnectionError, TimeoutError } from '../errors/connection-errors.js';
import type { HttpRequest, HttpResponse } from '../http/http-message.js';
import { secondsToWait } from '../http/retry-after.js';
import type { RetryPolicy } from '../options/retry-options.js';
import { type Deadline, MAX_TIMER_MS } from './deadline.js';
import { isRefusal, type RateGate } from './rate-gate.js';
import { sleep } from './sleep.js';

/** The outcome of an attempt that may be repeated. */
export type Outcome = HttpResponse | ConnectionError | TimeoutError;

/** The last response, and what is known about the attempts before it. */
export interface FinalResponse {
  readonly response: HttpResponse;
  /** The number of attempts, including the last one. */
  readonly attempts: number;
  /** Whether an earlier attempt may have been carried out: its response was lost. */
  readonly unconfirmed: boolean;
  /** How the request was retried. */
  readonly policy: RetryPolicy;
}

/**
 * After which outcomes a request is sent again: `failures` are all temporary ones, for a read or a
 * write with an idempotency key; `refusals` are those with the status 429, before which the service
 * did nothing; `nothing` is for a request whose first response is needed, which does not wait for
 * the gate either.
 */
export type RetriedAfter = 'failures' | 'refusals' | 'nothing';

/** What `withRetries` repeats. */
export interface Retried {
  readonly request: HttpRequest;
  readonly retriedAfter: RetriedAfter;
  readonly policy: RetryPolicy;
  readonly deadline: Deadline;
  readonly gate: RateGate;
  /** Makes the attempt with this number, from 1. */
  attempt(number: number): Promise<HttpResponse>;
  /** Called before the delay after the attempt with this number. */
  onRetry(failed: Outcome, number: number, delayMs: number): Promise<void>;
}

/** Request timeout, bad gateway, service unavailable, gateway timeout. */
const retriedStatuses: readonly number[] = [408, 502, 503, 504];

/**
 * Repeats an attempt after a temporary failure, while the policy allows it and the deadline leaves
 * time for the delay. Returns or throws the outcome of the last attempt; but a refusal would deny
 * an earlier attempt that may have been carried out, so that one counts instead.
 *
 * @throws {ConnectionError} when the last attempt failed to get a complete response
 * @throws {TimeoutError} when the last attempt took longer than its own limit
 * @throws {unknown} when the deadline comes first: its reason
 */
export async function withRetries(retried: Retried): Promise<FinalResponse> {
  const { policy, deadline } = retried;
  let lost: Outcome | undefined;
  for (let attempts = 1; ; attempts += 1) {
    const held = await passGate(retried);
    const outcome = held ?? (await outcomeOf(retried, attempts));
    const delayMs =
      held || attempts > policy.limit ? undefined : retryDelay(outcome, attempts, retried);
    if (delayMs === undefined || !isInTime(delayMs, deadline)) {
      const last = isRefusal(outcome) ? (lost ?? outcome) : outcome;
      if (last instanceof Error) {
        throw last;
      }
      return { response: last, attempts, unconfirmed: lost !== undefined, policy };
    }
    lost = isRefusal(outcome) ? lost : outcome;
    await retried.onRetry(outcome, attempts, delayMs);
    await sleep(delayMs, deadline.signal);
  }
}

/**
 * Waits while the gate is closed. If it will not open before the deadline, or the call must not
 * wait, returns the response that closed it.
 *
 * @throws {unknown} when the deadline comes first: its reason
 */
async function passGate(retried: Retried): Promise<HttpResponse | undefined> {
  const { request, retriedAfter, policy, deadline, gate } = retried;
  if (retriedAfter === 'nothing') {
    return undefined;
  }
  for (let delayMs = gate.delayMs(policy); delayMs > 0; delayMs = gate.delayMs(policy)) {
    deadline.signal.throwIfAborted();
    if (policy.limit < 1 || !isInTime(delayMs, deadline)) {
      return gate.refusal(request);
    }
    await sleep(delayMs, deadline.signal);
  }
  return undefined;
}

/** Makes one attempt. Throws what ends the whole call. */
async function outcomeOf({ attempt, deadline }: Retried, number: number): Promise<Outcome> {
  try {
    return await attempt(number);
  } catch (error) {
    deadline.signal.throwIfAborted();
    if (error instanceof ConnectionError || error instanceof TimeoutError) {
      return error;
    }
    throw error;
  }
}

/** Returns the milliseconds before the next attempt, or undefined for no further attempt. */
function retryDelay(
  outcome: Outcome,
  attempts: number,
  { policy, retriedAfter, gate }: Retried,
): number | undefined {
  const backoffMs = jitteredDelay(attempts, policy);
  if (isRefusal(outcome)) {
    return gate.delayMs(policy) || backoffMs;
  }
  if (retriedAfter !== 'failures') {
    return undefined;
  }
  if (outcome instanceof Error) {
    return backoffMs;
  }
  // With jitter, clients that got the same Retry-After do not all return at the same moment.
  return retriedStatuses.includes(outcome.status)
    ? (secondsToWait(outcome.headers) ?? 0) * 1000 + backoffMs
    : undefined;
}

/** Returns a random delay up to the exponential backoff ("full jitter"). */
export function jitteredDelay(attempts: number, { baseDelayMs, maxDelayMs }: RetryPolicy): number {
  return Math.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (attempts - 1));
}

function isInTime(delayMs: number, deadline: Deadline): boolean {
  return delayMs < deadline.remainingMs() && delayMs <= MAX_TIMER_MS;
}
