import type { ApiKeySource } from '../http/api-key.js';
import type { HeaderSource } from '../http/request-headers.js';
import type { Hooks } from './hooks.js';
import type { RetryOptions } from './retry-options.js';

/** Options of a client. */
export interface ClientOptions extends Hooks {
  /**
   * The address of the service. It may end with a path, such as `https://example.com/shop`. In a
   * browser it may be relative to the address of the page, such as `/shop`.
   */
  readonly baseUrl: string | URL;
  /**
   * The API key of every request, sent as `Authorization: Bearer`, or a function that returns it,
   * which is called before each attempt. An `authorization` among the headers replaces it. It is
   * not in the headers that hooks get. Default: none.
   */
  readonly apiKey?: ApiKeySource | undefined;
  /**
   * Milliseconds that a call may take, including its retries; `Infinity` for no limit. Default:
   * 10,000.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Milliseconds that each attempt may take. An attempt that takes longer is retried.
   * Default: no limit but `timeoutMs`.
   */
  readonly attemptTimeoutMs?: number | undefined;
  /**
   * Headers of every request, such as `x-tenant`, or a function that returns them, which is
   * called before each attempt. Default: none.
   */
  readonly headers?: HeaderSource | undefined;
  /** The function that sends requests. Default: the platform's `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** How failed calls are retried. */
  readonly retry?: RetryOptions | undefined;
}
