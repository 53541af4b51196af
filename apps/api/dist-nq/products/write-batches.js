import { TickBatch } from '@product-api/cache';
/**
 * Batches the writes of one tick of the event loop. Writes of one row never share a batch: each
 * begins when the one before it has its result, because a database with several connections does
 * not keep their order.
 */
export class WriteBatches {
    #batch;
    /** The rows that are being written, and the writes that wait for them, in order. */
    #inFlight = new Map();
    /**
     * @param commit commits writes of different rows, and returns the function that returns each
     *   result. It must reject rather than throw.
     * @param failsWaiting returns whether an error also fails the writes that wait for the row. One
     *   after the other, each could wait for the same lock for as long.
     */
    constructor(commit, failsWaiting) {
        this.#batch = new TickBatch((batch) => {
            const begun = batch.filter((write) => this.#begin(write));
            if (begun.length === 0) {
                return;
            }
            const results = commit(begun.map(({ request }) => request));
            for (const { request, resolve } of begun) {
                const result = results.then((resultOf) => resultOf(request));
                resolve(result);
                result.then(() => this.#end(request.id), (error) => failsWaiting(error) ? this.#fail(request.id, result) : this.#end(request.id));
            }
        });
    }
    /** Adds a write. The promise settles with its result. */
    request(write) {
        return this.#batch.request(write);
    }
    /** Returns whether a write can begin. Otherwise it waits for the earlier writes of its row. */
    #begin(write) {
        const waiting = this.#inFlight.get(write.request.id);
        if (waiting === undefined) {
            this.#inFlight.set(write.request.id, []);
            return true;
        }
        waiting.push(write);
        return false;
    }
    #end(id) {
        // In the next batch the first of them begins, and the others wait again.
        for (const write of this.#takeWaiting(id)) {
            this.#batch.add(write);
        }
    }
    #fail(id, failed) {
        for (const { resolve } of this.#takeWaiting(id)) {
            resolve(failed);
        }
    }
    #takeWaiting(id) {
        const waiting = this.#inFlight.get(id) ?? [];
        this.#inFlight.delete(id);
        return waiting;
    }
}
//# sourceMappingURL=write-batches.js.map