/**
 * Gives the writes of the main thread and slow transactions their turns. Both need SQLite's write
 * lock: a write that polls for it would mostly find it taken, because a slow transaction soon
 * follows another one, and a failed attempt costs the connection.
 *
 * A write waits for the slow transaction that is running; the next slow transaction waits for the
 * writes that came before it.
 */
export class WriteTurns {
  readonly #writes = new Set<Promise<unknown>>();
  /** Resolves at the end of the slow transaction that is running or waits for its turn. */
  #transaction: Promise<unknown> | undefined;

  /** Runs a write of the main thread. */
  async write<Result>(run: () => Promise<Result>): Promise<Result> {
    const result = this.#transaction === undefined ? run() : this.#transaction.then(run);
    const settled = result.then(ignore, ignore);
    this.#writes.add(settled);
    try {
      return await result;
    } finally {
      this.#writes.delete(settled);
    }
  }

  /** Runs a slow transaction, after those that came before it. */
  async slowTransaction<Result>(run: () => Promise<Result>): Promise<Result> {
    while (this.#transaction !== undefined) {
      await this.#transaction;
    }
    const result = Promise.all(this.#writes).then(run);
    this.#transaction = result.then(ignore, ignore);
    try {
      return await result;
    } finally {
      this.#transaction = undefined;
    }
  }
}

function ignore(): void {}
