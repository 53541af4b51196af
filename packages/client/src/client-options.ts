import type { RetryOptions } from './retry.js';

/** What a client is made from. */
export interface ClientOptions {
  /** The service's absolute address; it may end in a path under which the service is mounted. */
  readonly baseUrl: string;
  /**
   * How many milliseconds a call may take, its retries included; `Infinity` for any.
   * Default 10,000.
   */
  readonly timeoutMs?: number;
  /** Headers to send with every request, such as `authorization`. Default none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What sends the requests. Default: the platform's own `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** How reads are repeated after a failure that may pass. */
  readonly retry?: RetryOptions;
}

/** What every call takes. */
export interface CallOptions {
  /** Aborts the call, which then throws the signal's `reason`. */
  readonly signal?: AbortSignal | undefined;
  /** How many milliseconds this call may take. Default: the client's. */
  readonly timeoutMs?: number | undefined;
}

/** What a call that changes a product takes. */
export interface ChangeOptions extends CallOptions {
  /**
   * The entity tag that the change is based on: a product that has changed since is left alone and
   * `PreconditionFailedError` thrown (RFC 9110 §13.1.1). Default: whoever comes last wins.
   */
  readonly ifMatch?: string;
}
