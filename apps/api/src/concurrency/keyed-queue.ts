/**
 * Runs tasks with the same key one after another, in order. Tasks with other keys run concurrently.
 */
export class KeyedQueue {
  /** The last task of each key, until it settles. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs a task after all earlier tasks with its key have settled, even if they failed. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const previous = this.#last.get(key);
    const result = previous === undefined ? task() : previous.then(task, task);
    this.#last.set(key, result);
    try {
      return await result;
    } finally {
      if (this.#last.get(key) === result) {
        this.#last.delete(key);
      }
    }
  }
}
