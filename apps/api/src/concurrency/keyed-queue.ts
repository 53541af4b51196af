/** Runs tasks with the same key one after the other, in their order, and others side by side. */
export class KeyedQueue {
  /** The last task of each key, until it is over. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs a task when all earlier ones with its key are over, whether or not they failed. */
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
