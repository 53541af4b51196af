import type { ApiFetcherArgs } from '@ts-rest/core';
import type { CallOptions } from './client-options.js';
import { startDeadline } from './deadline.js';
import { TimeoutError } from './errors/timeout-error.js';
import type { HttpRequest } from './http-message.js';
import { type ResponseRequirements, readResponse, type SuccessResponse } from './read-response.js';
import { noRetries, type RetryPolicy, withRetries } from './retry.js';
import { sendRequest } from './send-request.js';

/** Defaults of a client's requests. */
export interface FetcherOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** The policy for GET. Other methods are never retried. */
  readonly retry: RetryPolicy;
}

/** The options that an operation passes through ts-rest to the fetcher. */
export interface FetcherCall extends CallOptions, ResponseRequirements {
  /** Whether a failed read may be retried. Default: true. */
  readonly retried?: boolean;
}

/** Sends a request of ts-rest. Returns successes and throws on any other response. */
export type ContractFetcher = (
  args: ApiFetcherArgs & { call?: FetcherCall },
) => Promise<SuccessResponse>;

/** Creates a fetcher with a deadline and retries, which checks responses against the contract. */
export function createContractFetcher(options: FetcherOptions): ContractFetcher {
  return async ({ route, method, path: url, headers, body = null, call = {} }) => {
    const request: HttpRequest = { method, url, headers, body };
    const timeoutMs = call.timeoutMs ?? options.timeoutMs;
    const onTimeout = () => new TimeoutError(request, timeoutMs);
    const deadline = startDeadline(timeoutMs, call.signal, onTimeout);
    const policy = method === 'GET' && call.retried !== false ? options.retry : noRetries;
    const attempt = () => sendRequest(options.fetch, request, deadline.signal);
    try {
      return readResponse(route, request, await withRetries(attempt, policy, deadline), call);
    } finally {
      deadline.release();
    }
  };
}
