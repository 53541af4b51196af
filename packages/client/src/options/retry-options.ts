/**
 * How calls are retried after a failed connection, an attempt that took too long, and the statuses
 * 408, 429, 502, 503 and 504. `Retry-After` is honored: that of a 429 by all calls of the client. A
 * write keeps its idempotency key.
 */
export interface RetryOptions {
  /**
   * The maximum number of retries. 0 turns them off, and the wait for the end of a 429 that another
   * call got. Default: 2.
   */
  readonly limit?: number;
  /** Milliseconds before the first retry; each further delay doubles. Default: 100. */
  readonly baseDelayMs?: number;
  /** The longest delay in milliseconds, unless `Retry-After` asks for more. Default: 2000. */
  readonly maxDelayMs?: number;
}

/** Retry options with their defaults. */
export type RetryPolicy = Required<RetryOptions>;

/** The policy of a client without retry options. */
export const defaultRetryPolicy: RetryPolicy = { limit: 2, baseDelayMs: 100, maxDelayMs: 2000 };
