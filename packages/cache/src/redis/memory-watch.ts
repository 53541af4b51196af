import type { StoreFailure } from '../store/store-failure.js';

const CHECK_EVERY_MS = 1000;

/** Milliseconds without a refusal after which Redis is no longer considered full. */
const QUIET_MS = 2000;

/** Options for a memory watch. */
export interface MemoryWatchOptions {
  /** Tries a no-op write. Its caller reports a refusal by `refused`. */
  readonly tryWrite: () => Promise<unknown>;
  /** Called when Redis becomes full, with the refused write, and when it is no longer full. */
  readonly onChange: (failure: StoreFailure | undefined) => void;
}

/**
 * Tracks whether Redis accepts new entries. A full Redis that does not evict stays in use, because
 * it still serves existing entries and accepts invalidations.
 */
export class MemoryWatch {
  readonly #options: MemoryWatchOptions;
  readonly #timer: NodeJS.Timeout;
  #failure: StoreFailure | undefined;
  #refusedAt = Number.NEGATIVE_INFINITY;

  constructor(options: MemoryWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#check(), CHECK_EVERY_MS).unref();
  }

  /** The refused write; undefined while Redis accepts new entries. */
  get failure(): StoreFailure | undefined {
    return this.#failure;
  }

  /** Notes that Redis refused a new entry. */
  refused(failure: StoreFailure): void {
    this.#refusedAt = performance.now();
    if (this.#failure === undefined) {
      this.#failure = failure;
      this.#options.onChange(failure);
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #check(): Promise<void> {
    try {
      await this.#options.tryWrite();
    } catch {
      return;
    }
    if (this.#failure && performance.now() - this.#refusedAt >= QUIET_MS) {
      this.#failure = undefined;
      this.#options.onChange(undefined);
    }
  }
}
