/**
 * Lets the loads of several keys begin in the same turn of the event loop, so that their source can
 * read them with one statement. A load waits until every key has a lease or does not need one.
 */
export class LoadBarrier {
  readonly #pending: Set<string>;
  readonly #opened: Promise<void>;
  #open: () => void = () => undefined;

  /** @param keys the keys whose loads wait for each other */
  constructor(keys: Iterable<string>) {
    this.#pending = new Set(keys);
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  /** Notes that a key is ready to load, and resolves when all keys have passed or are ready. */
  wait(key: string): Promise<void> {
    this.pass(key);
    return this.#opened;
  }

  /** Notes that the others need not wait for a key: it needs no load, or only later. */
  pass(key: string): void {
    this.#pending.delete(key);
    if (this.#pending.size === 0) {
      this.#open();
    }
  }
}
