import type { StoreFailure } from '../store/store-failure.js';

const checkEveryMs = 1000;

/** Milliseconds without a refusal after which Redis counts as no longer full. */
const quietMs = 2000;

/** What a memory watch works with. */
export interface MemoryWatchOptions {
  /** Tries a write that adds nothing; a refusal is noted by who runs it. */
  readonly tryWrite: () => Promise<unknown>;
  /** Called when Redis begins or ceases to be full; `failure` is what it refused. */
  readonly onChange: (failure: StoreFailure | undefined) => void;
}

/**
 * Knows whether Redis takes new entries. A full Redis that evicts nothing still serves what it holds
 * and takes invalidations, so it stays in use.
 */
export class MemoryWatch {
  readonly #options: MemoryWatchOptions;
  readonly #timer: NodeJS.Timeout;
  #failure: StoreFailure | undefined;
  #refusedAt = Number.NEGATIVE_INFINITY;

  constructor(options: MemoryWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#check(), checkEveryMs).unref();
  }

  /** What Redis refused last; undefined while it takes new entries. */
  get failure(): StoreFailure | undefined {
    return this.#failure;
  }

  /** Takes note that Redis refused a new entry. */
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
    if (this.#failure && performance.now() - this.#refusedAt >= quietMs) {
      this.#failure = undefined;
      this.#options.onChange(undefined);
    }
  }
}
