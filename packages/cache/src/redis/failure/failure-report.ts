import type { StoreFailure } from '../../store/store-failure.js';

/** Failures that are reported between two uses, at most. */
const mostReports = 20;

/** Remembers why a store is not used, and which reasons were reported since it was last used. */
export class FailureReport {
  #latest: StoreFailure | undefined;
  readonly #reported = new Set<string>();

  /** The latest reason; undefined while the store is used, and before anything is known. */
  get latest(): StoreFailure | undefined {
    return this.#latest;
  }

  /** Takes note of a reason; returns whether it is to be reported. */
  note(failure: StoreFailure): boolean {
    this.#latest = failure;
    const reason = reasonOf(failure);
    if (this.#reported.has(reason) || this.#reported.size >= mostReports) {
      return false;
    }
    this.#reported.add(reason);
    return true;
  }

  /** Begins anew: the store is used. */
  clear(): void {
    this.#latest = undefined;
    this.#reported.clear();
  }
}

/** Messages differ by addresses and times; only where there is nothing else, they are the reason. */
function reasonOf({ kind, message, command = '', keys = [] }: StoreFailure): string {
  return [kind, command, ...keys, ...(kind === 'other' ? [message] : [])].join(' ');
}
