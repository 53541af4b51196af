import type { RetryOptions } from './retry.js';

/** Options of a client. */
export interface ClientOptions {
  /**
   * The absolute address of the service. It may end with a path, such as
   * `https://example.com/shop`.
   */
  readonly baseUrl: string;
  /**
   * Milliseconds that a call may take, including its retries; `Infinity` for no limit. Default:
   * 10,000.
   */
  readonly timeoutMs?: number;
  /** Headers of every request, such as `authorization`. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The function that sends requests. Default: the platform's `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** How failed reads are retried. */
  readonly retry?: RetryOptions;
}

/** Options of every call. */
export interface CallOptions {
  /** Aborts the call, which then throws the signal's `reason`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that this call may take, including its retries. Default: the client's. */
  readonly timeoutMs?: number | undefined;
}

/** Options of a call that changes a product. */
export interface ChangeOptions extends CallOptions {
  /**
   * The entity tag that the change is based on (RFC 9110 §13.1.1). If the product has changed
   * since, the call changes nothing and throws `PreconditionFailedError`. Default: the change
   * always applies.
   */
  readonly ifMatch?: string;
}
