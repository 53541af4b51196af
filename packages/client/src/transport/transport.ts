import { TimeoutError } from '../errors/connection-errors.js';
import { type ApiKeySource, withApiKey } from '../http/api-key.js';
import type { HttpRequest, HttpResponse } from '../http/http-message.js';
import { isReplayed } from '../http/idempotency-key.js';
import { type HeaderSource, mergeHeaders } from '../http/request-headers.js';
import type { CallOptions } from '../options/call-options.js';
import type { Hooks } from '../options/hooks.js';
import type { RetryPolicy } from '../options/retry-options.js';
import { type Deadline, startDeadline } from './deadline.js';
import { RateGate } from './rate-gate.js';
import { type FinalResponse, type Outcome, type RetriedAfter, withRetries } from './retry.js';
import { type OutgoingBody, sendRequest } from './send-request.js';
import { untilAborted } from './until-aborted.js';

/**
 * Minimum retries of a stream, unless retries are turned off: it has no time limit, and a restart
 * of the service takes some seconds.
 */
const STREAM_RETRIES = 10;

/** Defaults of a client's requests. */
export interface TransportSettings {
  /** The address of the service, without a slash at its end. */
  readonly baseUrl: string;
  readonly apiKey: ApiKeySource | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** Milliseconds. */
  readonly attemptTimeoutMs: number;
  readonly headers: readonly HeaderSource[];
  readonly retry: RetryPolicy;
  readonly hooks: Hooks;
}

/** A request of an operation. */
export interface OutgoingRequest {
  readonly method: string;
  /** The path after the base URL, with its query. */
  readonly path: string;
  /** The headers that the operation itself needs; those of the caller replace them. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: OutgoingBody | undefined;
  /**
   * Whether the body of a success is returned as a stream. Its time limits end with its headers.
   */
  readonly streamed?: boolean;
  /** Milliseconds for which the service may hold the response back; they extend time limits. */
  readonly heldMs?: number;
  readonly options: CallOptions;
  readonly retriedAfter: RetriedAfter;
}

/** Sends requests with time limits, retries and hooks; returns responses with any status. */
export type Transport = (outgoing: OutgoingRequest) => Promise<FinalResponse>;

/** Creates the transport of a client. */
export function createTransport(settings: TransportSettings): Transport {
  const gate = new RateGate();
  return async (outgoing) => {
    const { method, path, heldMs = 0, options, retriedAfter } = outgoing;
    const request: HttpRequest = { method, url: `${settings.baseUrl}${path}` };
    const timeoutMs = heldMs + (options.timeoutMs ?? settings.timeoutMs);
    const onTimeout = () => new TimeoutError(request, timeoutMs, 'call');
    const deadline = startDeadline(timeoutMs, options.signal, onTimeout);
    try {
      return await withRetries({
        request,
        retriedAfter,
        policy: retryPolicy(settings, outgoing),
        deadline,
        gate,
        attempt: (number) => sendAttempt(settings, { outgoing, request, number, deadline, gate }),
        onRetry: async (failed, number, delayMs) =>
          settings.hooks.onRetry?.({ ...request, ...failure(failed), attempt: number, delayMs }),
      });
    } finally {
      deadline.release();
    }
  };
}

function retryPolicy(
  { retry }: TransportSettings,
  { options, retriedAfter, streamed }: OutgoingRequest,
): RetryPolicy {
  const limit = streamed && retry.limit > 0 ? Math.max(retry.limit, STREAM_RETRIES) : retry.limit;
  const policy = { ...retry, limit, ...options.retry };
  return retriedAfter === 'nothing' ? { ...policy, limit: 0 } : policy;
}

interface AttemptInput {
  readonly outgoing: OutgoingRequest;
  readonly request: HttpRequest;
  readonly number: number;
  readonly deadline: Deadline;
  readonly gate: RateGate;
}

/** Makes one attempt within its own time limit. */
async function sendAttempt(
  settings: TransportSettings,
  { outgoing, request, number, deadline, gate }: AttemptInput,
): Promise<HttpResponse> {
  const { onRequest, onResponse } = settings.hooks;
  const { heldMs = 0, options } = outgoing;
  const timeoutMs = heldMs + (options.attemptTimeoutMs ?? settings.attemptTimeoutMs);
  const onTimeout = () => new TimeoutError(request, timeoutMs, 'attempt');
  const limit = startDeadline(timeoutMs, deadline.signal, onTimeout);
  try {
    const headers = await untilAborted(attemptHeaders(settings, outgoing), limit.signal);
    await onRequest?.({ ...request, attempt: number, headers });
    const authorized = await untilAborted(withApiKey(headers, settings.apiKey), limit.signal);
    const start = performance.now();
    const { body, streamed = false } = outgoing;
    const message = { request, headers: authorized, body, streamed };
    const response = await sendRequest(settings.fetch, message, limit.signal);
    gate.observe(response);
    const { status } = response;
    const durationMs = performance.now() - start;
    await onResponse?.({
      ...request,
      attempt: number,
      status,
      headers: response.headers,
      replayed: isReplayed(response.headers),
      durationMs,
    });
    return response;
  } finally {
    limit.release();
  }
}

function attemptHeaders(
  settings: TransportSettings,
  { headers = {}, options }: OutgoingRequest,
): Promise<Headers> {
  return mergeHeaders([headers, ...settings.headers, options.headers ?? {}]);
}

function failure(outcome: Outcome) {
  return outcome instanceof Error
    ? { status: undefined, cause: outcome }
    : { status: outcome.status, cause: undefined };
}
