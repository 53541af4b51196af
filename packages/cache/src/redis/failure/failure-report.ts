import type { StoreFailure } from '../../store/store-failure.js';

/** The most failures that are reported until the store is used again. */
const MAX_REPORTS = 20;

/** Tracks why a store is not used, and which reasons were reported since it was last used. */
export class FailureReport {
  #latest: StoreFailure | undefined;
  readonly #reported = new Set<string>();

  /** The latest reason; undefined while the store is used and before the first failure. */
  get latest(): StoreFailure | undefined {
    return this.#latest;
  }

  /** Notes a reason. Returns whether it must be reported. */
  note(failure: StoreFailure): boolean {
    this.#latest = failure;
    const reason = reasonOf(failure);
    if (this.#reported.has(reason) || this.#reported.size >= MAX_REPORTS) {
      return false;
    }
    this.#reported.add(reason);
    return true;
  }

  /** Forgets all reasons, because the store is used again. */
  clear(): void {
    this.#latest = undefined;
    this.#reported.clear();
  }
}

/**
 * Returns a text that identifies a reason. Messages vary, so only the kind `other` includes them.
 */
function reasonOf({ kind, message, command = '', keys = [] }: StoreFailure): string {
  return [kind, command, ...keys, ...(kind === 'other' ? [message] : [])].join(' ');
}
