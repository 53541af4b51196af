/**
 * Runs tasks with the same key one after another, in order. Tasks with other keys run concurrently.
 */
export class KeyedQueue {
  readonly #failsWaiting: (error: unknown) => boolean;
  /** The last task of each key, until it settles. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** @param failsWaiting returns whether an error also fails the tasks that wait for its task */
  constructor(failsWaiting: (error: unknown) => boolean) {
    this.#failsWaiting = failsWaiting;
  }

  /** Runs a task after all earlier tasks with its key have settled. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const previous = this.#last.get(key);
    const result = previous === undefined ? task() : this.#runAfter(previous, task);
    this.#last.set(key, result);
    try {
      return await result;
    } finally {
      if (this.#last.get(key) === result) {
        this.#last.delete(key);
      }
    }
  }

  #runAfter<T>(previous: Promise<unknown>, task: () => Promise<T>): Promise<T> {
    return previous.then(task, (error) => {
      if (this.#failsWaiting(error)) {
        throw error;
      }
      return task();
    });
  }
}
