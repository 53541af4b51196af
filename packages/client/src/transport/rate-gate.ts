import type { HttpRequest, HttpResponse } from '../http/http-message.js';
import { secondsToWait } from '../http/retry-after.js';
import type { RetryPolicy } from '../options/retry-options.js';

const TOO_MANY_REQUESTS = 429;

/** Returns whether the service refused a request because there were too many. It did nothing. */
export function isRefusal({ status }: { readonly status?: number | undefined }): boolean {
  return status === TOO_MANY_REQUESTS;
}

/** What closed the gate. */
interface Closing {
  /** When the gate opens, on the clock of `performance.now`. */
  readonly opensAt: number;
  /** The refusal with the latest end. */
  readonly response: HttpResponse;
}

/**
 * Holds back all calls of a client from a 429 with `Retry-After` until that time has passed.
 * Without it, each of many calls would send a request of its own to be refused, and all would be
 * sent again at the same moment.
 */
export class RateGate {
  #closing: Closing | undefined;
  /** The number of calls that have waited since the gate was closed. */
  #waiting = 0;

  /** Closes the gate if the response is a refusal that says how long to wait. */
  observe(response: HttpResponse): void {
    const seconds = isRefusal(response) ? secondsToWait(response.headers) : undefined;
    const opensAt = performance.now() + (seconds ?? 0) * 1000;
    if (seconds === undefined || opensAt <= (this.#closing?.opensAt ?? 0)) {
      return;
    }
    if (this.#closedMs() === 0) {
      this.#waiting = 0;
    }
    this.#closing = { opensAt, response };
  }

  /**
   * Returns the milliseconds that a call must wait; 0 while the gate is open. A call that waits
   * gets a random moment after the gate opens, and the more calls wait, the longer they are spread:
   * over `baseDelayMs` for each, at most over `maxDelayMs`.
   */
  delayMs({ baseDelayMs, maxDelayMs }: RetryPolicy): number {
    const closedMs = this.#closedMs();
    if (closedMs === 0) {
      return 0;
    }
    this.#waiting += 1;
    return closedMs + Math.random() * Math.min(maxDelayMs, baseDelayMs * this.#waiting);
  }

  /** Returns the response to a request that cannot wait; undefined if the gate was never closed. */
  refusal(request: HttpRequest): HttpResponse | undefined {
    if (this.#closing === undefined) {
      return undefined;
    }
    const headers = new Headers(this.#closing.response.headers);
    headers.set('retry-after', String(Math.ceil(this.#closedMs() / 1000)));
    return { ...this.#closing.response, request, headers };
  }

  #closedMs(): number {
    return Math.max(0, (this.#closing?.opensAt ?? 0) - performance.now());
  }
}
