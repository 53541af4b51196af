import type { ApiFetcherArgs } from '@ts-rest/core';
import type { CallOptions } from './client-options.js';
import { startDeadline } from './deadline.js';
import { TimeoutError } from './errors/timeout-error.js';
import { exchange } from './exchange.js';
import type { HttpRequest } from './http-message.js';
import { type Answer, type AnswerNeeds, readAnswer } from './read-answer.js';
import { noRetries, type RetryPolicy, withRetries } from './retry.js';

/** How requests are sent unless a call says otherwise. */
export interface FetcherOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** For GET; other methods are never sent twice. */
  readonly retry: RetryPolicy;
}

/** What an operation passes to the fetcher through ts-rest. */
export interface FetcherCall extends CallOptions, AnswerNeeds {
  /** Whether a read is repeated after a failure that may pass. Default true. */
  readonly retried?: boolean;
}

/** Sends a request that ts-rest has put together; returns successes and throws everything else. */
export type ContractFetcher = (args: ApiFetcherArgs & { call?: FetcherCall }) => Promise<Answer>;

/** Makes the fetcher that ts-rest calls: with a deadline, with retries, and held to the contract. */
export function createContractFetcher(options: FetcherOptions): ContractFetcher {
  return async ({ route, method, path: url, headers, body = null, call = {} }) => {
    const request: HttpRequest = { method, url, headers, body };
    const timeoutMs = call.timeoutMs ?? options.timeoutMs;
    const onTimeout = () => new TimeoutError(request, timeoutMs);
    const deadline = startDeadline(timeoutMs, call.signal, onTimeout);
    const policy = method === 'GET' && call.retried !== false ? options.retry : noRetries;
    const attempt = () => exchange(options.fetch, request, deadline.signal);
    try {
      return readAnswer(route, request, await withRetries(attempt, policy, deadline), call);
    } finally {
      deadline.release();
    }
  };
}
