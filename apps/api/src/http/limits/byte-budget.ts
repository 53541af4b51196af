import { OverloadError } from '../problems/problem-errors.js';

/** Memory that many requests share, such as for bodies in transit. It bounds their sum, not each. */
export class ByteBudget {
  readonly #limitBytes: number;
  #usedBytes = 0;

  /** @param limitBytes what may be in use at a time */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /**
   * Refuses new work while the budget is spent.
   * @throws OverloadError
   */
  requireRoom(bytes = 0): void {
    if (this.#usedBytes + bytes > this.#limitBytes) {
      throw new OverloadError();
    }
  }

  /** Takes bytes, whether or not there is room: what exists already has to be counted. */
  take(bytes: number): void {
    this.#usedBytes += bytes;
  }

  /** Gives bytes back. */
  give(bytes: number): void {
    this.#usedBytes -= bytes;
  }
}
