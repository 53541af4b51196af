import type { ConnectionError, TimeoutError } from '../errors/connection-errors.js';

/** An attempt to send a request. */
export interface Attempt {
  readonly method: string;
  readonly url: string;
  /** 1 for the first attempt, 2 for the first retry. */
  readonly attempt: number;
}

/** An attempt that is about to be sent. */
export interface RequestEvent extends Attempt {
  /**
   * The headers that will be sent, without the client's `apiKey`. The hook may change them. Those
   * of the option `headers` may contain secrets.
   */
  readonly headers: Headers;
}

/** An attempt that was responded to, with any status. */
export interface ResponseEvent extends Attempt {
  readonly status: number;
  readonly headers: Headers;
  /** Whether the response is that of an earlier request with the same idempotency key. */
  readonly replayed: boolean;
  /** Milliseconds from the request to the end of the response. */
  readonly durationMs: number;
}

/** A retry that will be made after a delay. `attempt` is the one that failed. */
export interface RetryEvent extends Attempt {
  /** Milliseconds before the next attempt. */
  readonly delayMs: number;
  /** The status of the response; undefined if there was none. */
  readonly status: number | undefined;
  /** The error of an attempt that got no response; undefined after a response. */
  readonly cause: ConnectionError | TimeoutError | undefined;
}

/**
 * Functions that the client calls, for logs, metrics and traces. The call waits for a hook that
 * returns a promise, and throws what a hook throws.
 */
export interface Hooks {
  /** Called before each attempt. */
  readonly onRequest?: ((event: RequestEvent) => void | Promise<void>) | undefined;
  /** Called after each complete response. */
  readonly onResponse?: ((event: ResponseEvent) => void | Promise<void>) | undefined;
  /** Called before the delay of each retry. */
  readonly onRetry?: ((event: RetryEvent) => void | Promise<void>) | undefined;
}
