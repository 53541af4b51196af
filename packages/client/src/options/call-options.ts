import type { HeaderSource } from '../http/request-headers.js';
import type { RetryOptions } from './retry-options.js';

/** Options of every call. */
export interface CallOptions {
  /** Aborts the call, which then throws the signal's `reason`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that this call may take, including its retries. Default: the client's. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds that each attempt of this call may take. Default: the client's. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Headers of this call, or a function that returns them. They replace the client's. */
  readonly headers?: HeaderSource | undefined;
  /** How this call is retried. Omitted fields: the client's. */
  readonly retry?: RetryOptions | undefined;
}

/** Options of a call that writes. */
export interface WriteOptions extends CallOptions {
  /**
   * Identifies the write: the service makes it once, however often it is sent with this key, and
   * returns the same response each time. 1 to 255 visible ASCII characters. Set it to repeat a
   * write after a restart of your program. Default: a random key for each call, kept over its
   * retries.
   */
  readonly idempotencyKey?: string | undefined;
}

/** Options of a call that changes a product. */
export interface ChangeOptions extends WriteOptions {
  /**
   * The entity tag that the change is based on (RFC 9110 §13.1.1). If the product has changed
   * since, the call changes nothing and throws `PreconditionFailedError`. Default: the change
   * always applies.
   */
  readonly ifMatch?: string;
}

/** Options of a read that always returns its data. */
export interface ReadOptions extends CallOptions {
  readonly ifNoneMatch?: undefined;
}

/** Options of a read that returns undefined if nothing has changed. */
export interface IfNoneMatchOptions extends CallOptions {
  /**
   * The entity tag of the copy that the caller has (RFC 9110 §13.1.2). If the copy is current, the
   * call returns undefined.
   */
  readonly ifNoneMatch: string;
}
