import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { OverloadError } from '../problems/problem-errors.js';
import type { ByteBudget } from './byte-budget.js';

/** Milliseconds of work after which the event loop gets to handle other requests. */
const SLICE_MS = 10;

/** Milliseconds that a response may have to wait before it is produced. */
const LONGEST_WAIT_MS = 1000;

/** How much the latest response counts in the average time that one takes. */
const WEIGHT_OF_LATEST = 0.2;

/**
 * Produces large responses one after the other, and lets the event loop turn after each slice of some
 * milliseconds, so that other requests wait for one of them at most. The bytes of a response count
 * from then until the client has taken them.
 */
export class ResponseQueue {
  readonly #unsent: ByteBudget;
  readonly #waiting: (() => Promise<void>)[] = [];
  #isRunning = false;
  /** Milliseconds that a response takes, on average. */
  #averageMs = 0;

  /** @param unsent the bytes that may be produced and not yet sent */
  constructor(unsent: ByteBudget) {
    this.#unsent = unsent;
  }

  /**
   * Produces a response when its turn comes; settles as `produce` does.
   *
   * @param produce returns the content and about how many bytes it takes
   * @throws OverloadError when the wait would take more than a second, or too many bytes are unsent
   */
  run<T extends { readonly size: number }>(
    response: ServerResponse,
    produce: () => Promise<T>,
  ): Promise<T> {
    if (this.#waiting.length * this.#averageMs > LONGEST_WAIT_MS) {
      return Promise.reject(new OverloadError());
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => this.#produce(response, produce).then(resolve, reject));
      if (!this.#isRunning) {
        this.#isRunning = true;
        void this.#runAll();
      }
    });
  }

  async #produce<T extends { readonly size: number }>(
    response: ServerResponse,
    produce: () => Promise<T>,
  ): Promise<T> {
    // The client left while it waited; nobody sees what this throws.
    if (response.closed) {
      throw new OverloadError();
    }
    this.#unsent.requireRoom();
    const result = await produce();
    if (!response.closed) {
      this.#unsent.take(result.size);
      response.once('close', () => this.#unsent.give(result.size));
    }
    return result;
  }

  async #runAll(): Promise<void> {
    let sliceBegan = performance.now();
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const began = performance.now();
      await next();
      this.#averageMs += WEIGHT_OF_LATEST * (performance.now() - began - this.#averageMs);
      if (performance.now() - sliceBegan >= SLICE_MS) {
        await nextTurn();
        sliceBegan = performance.now();
      }
    }
    this.#isRunning = false;
  }
}
