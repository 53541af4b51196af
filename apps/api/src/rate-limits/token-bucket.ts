import type { BucketSize } from '@product-api/cache';

/** Rounding must not refuse the last unit. */
const SLACK = 0.001;

/** A bucket of units that refills steadily, in this process. It is full at first. */
export class TokenBucket {
  readonly #capacity: number;
  readonly #refillMs: number;
  /** When it is full again. */
  #fullAt = Number.NEGATIVE_INFINITY;

  constructor({ capacity, refillMs }: BucketSize) {
    this.#capacity = capacity;
    this.#refillMs = refillMs;
  }

  /**
   * Returns the units in the bucket; may have a fraction, and may be negative.
   *
   * @param now milliseconds of a clock that never goes back
   */
  left(now: number): number {
    return this.#capacity - Math.max(0, this.#fullAt - now) / this.#refillMs;
  }

  /** Takes units if the bucket has them. Returns whether it had. */
  take(units: number, now: number): boolean {
    if (this.left(now) + SLACK < units) {
      return false;
    }
    this.#fullAt = Math.max(this.#fullAt, now) + units * this.#refillMs;
    return true;
  }

  /** Corrects the units in the bucket. */
  correct(left: number, now: number): void {
    this.#fullAt = now + (this.#capacity - left) * this.#refillMs;
  }

  /** Returns the milliseconds until the bucket has these units; 0 or less if it has them. */
  msUntil(units: number, now: number): number {
    return (units - this.left(now)) * this.#refillMs;
  }
}
