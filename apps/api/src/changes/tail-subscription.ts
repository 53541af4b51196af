import type { ChangeBatch } from './change-batch.js';

/** Changes that may wait for a reader. A reader that has more to read reads the log by itself. */
const MAX_WAITING_CHANGES = 5000;

/** A reader that has read all changes, and gets the next ones from the tail. */
export class TailSubscription {
  readonly #onLeave: (subscription: TailSubscription) => void;
  #batches: ChangeBatch[] = [];
  #waiting = 0;
  #isBehind = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  /** @param onLeave called when the reader needs no more changes */
  constructor(onLeave: (subscription: TailSubscription) => void) {
    this.#onLeave = onLeave;
  }

  /** Whether the reader was too slow. It gets no more batches. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Adds changes for the reader. */
  push(batch: ChangeBatch): void {
    this.#waiting += batch.entries.length;
    this.#batches.push(batch);
    if (this.#waiting > MAX_WAITING_CHANGES) {
      this.#isBehind = true;
      this.leave();
    }
    this.#wake?.();
  }

  /** Ends the subscription with an error. */
  fail(error: Error): void {
    this.#failure = error;
    this.#wake?.();
  }

  /** Ends the wait of the reader. */
  readonly wake = (): void => this.#wake?.();

  /**
   * Returns the next changes; undefined if there are none for some milliseconds, the reader was
   * woken without any, or it is behind.
   *
   * @throws {ChangesExpiredError} when the log cannot be followed any more
   */
  async next(timeoutMs: number): Promise<ChangeBatch | undefined> {
    if (this.#batches.length === 0 && this.#failure === undefined) {
      await this.#untilWoken(timeoutMs);
    }
    if (this.#failure) {
      throw this.#failure;
    }
    const batch = this.#isBehind ? undefined : this.#batches.shift();
    this.#waiting -= batch?.entries.length ?? 0;
    return batch;
  }

  /** Ends the subscription. */
  leave(): void {
    this.#batches = [];
    this.#onLeave(this);
  }

  #untilWoken(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      this.#wake = wake;
    });
  }
}
