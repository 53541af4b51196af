/**
 * Runs tasks with the same key one after another, in order. Tasks with other keys run concurrently.
 */
export class KeyedQueue {
    #failsWaiting;
    /** The last task of each key, until it settles. */
    #last = new Map();
    /** @param failsWaiting returns whether an error also fails the tasks that wait for its task */
    constructor(failsWaiting) {
        this.#failsWaiting = failsWaiting;
    }
    /** Runs a task after all earlier tasks with its key have settled. */
    async run(key, task) {
        const previous = this.#last.get(key);
        const result = previous === undefined ? task() : this.#runAfter(previous, task);
        this.#last.set(key, result);
        try {
            return await result;
        }
        finally {
            if (this.#last.get(key) === result) {
                this.#last.delete(key);
            }
        }
    }
    #runAfter(previous, task) {
        return previous.then(task, (error) => {
            if (this.#failsWaiting(error)) {
                throw error;
            }
            return task();
        });
    }
}
//# sourceMappingURL=keyed-queue.js.map