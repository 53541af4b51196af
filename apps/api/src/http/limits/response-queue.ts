import type { ServerResponse } from 'node:http';
import { setImmediate as nextTick } from 'node:timers/promises';
import { OverloadError } from '../problems/problem-errors.js';
import type { ByteBudget } from './byte-budget.js';

/** Milliseconds of work after which the event loop handles other requests. */
const SLICE_MS = 10;

/**
 * A response of more bytes is sent in another turn of the event loop than its last part is read in:
 * printing and hashing a mebibyte takes up to 8 ms.
 */
const LARGE_BYTES = 256 * 1024;

/** Maximum expected milliseconds that a response waits before it is produced. */
const LONGEST_WAIT_MS = 1000;

/** The weight of the latest response in the average time of one. */
const WEIGHT_OF_LATEST = 0.2;

/** Limits of a response queue. */
export interface ResponseQueueOptions {
  /** The budget for bytes that are produced and not yet sent. */
  readonly unsent: ByteBudget;
  /** Maximum number of responses that are produced at a time. */
  readonly atOnce: number;
}

/**
 * Produces a bounded number of large responses at a time, the others after them, and yields to the
 * event loop after every slice of some milliseconds, so that other requests wait for at most a few
 * of them. The bytes of a response count against a budget until the client has read them.
 */
export class ResponseQueue {
  readonly #unsent: ByteBudget;
  readonly #atOnce: number;
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = 0;
  /** The average milliseconds to produce a response. */
  #averageMs = 0;

  constructor({ unsent, atOnce }: ResponseQueueOptions) {
    this.#unsent = unsent;
    this.#atOnce = atOnce;
  }

  /**
   * Produces a response after the earlier ones. Returns what `produce` returns.
   *
   * @param produce returns the content and its approximate size in bytes
   * @throws {OverloadError} when the wait would exceed a second, or too many bytes are unsent
   */
  run<T extends { readonly size: number }>(
    response: ServerResponse,
    produce: () => Promise<T>,
  ): Promise<T> {
    if ((this.#waiting.length * this.#averageMs) / this.#atOnce > LONGEST_WAIT_MS) {
      return Promise.reject(new OverloadError());
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => this.#produce(response, produce).then(resolve, reject));
      if (this.#running < this.#atOnce) {
        this.#running += 1;
        void this.#runAll();
      }
    });
  }

  async #produce<T extends { readonly size: number }>(
    response: ServerResponse,
    produce: () => Promise<T>,
  ): Promise<T> {
    // The client has left, so this error is not sent to anybody.
    if (response.closed) {
      throw new OverloadError();
    }
    this.#unsent.requireRoom();
    const result = await produce();
    if (result.size > LARGE_BYTES) {
      await nextTick();
    }
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
        await nextTick();
        sliceBegan = performance.now();
      }
    }
    this.#running -= 1;
  }
}
