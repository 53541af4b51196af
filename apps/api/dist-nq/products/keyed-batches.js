import { TickBatch } from '@product-api/cache';
/** Maximum number of writes in a batch, so that a transaction is short. */
const MAX_TOGETHER = 256;
/**
 * Batches the writes of one tick of the event loop, each batch for one transaction. Writes of one
 * row share a batch, in their order. While a row is being written, further writes of it wait for a
 * later batch instead of waiting for the row with a connection.
 */
export class KeyedBatches {
    #commit;
    #batch;
    /** The rows that are being written, and the writes that wait for them, in order. */
    #inFlight = new Map();
    #maxBatches;
    #batches = 0;
    /** The writes that wait for the end of a batch. */
    #held = [];
    /**
     * @param commit commits writes, and returns the function that returns each result. It must reject
     *   rather than throw.
     * @param maxBatches maximum number of batches at the same time; further writes wait and share a
     *   batch
     */
    constructor(commit, maxBatches) {
        this.#maxBatches = maxBatches;
        this.#commit = commit;
        this.#batch = new TickBatch((batch) => this.#serve(batch));
    }
    /** Adds a write. The promise settles with its result. */
    request(write) {
        return this.#batch.request(write);
    }
    #serve(batch) {
        if (this.#batches >= this.#maxBatches) {
            this.#held.push(...batch);
            return;
        }
        const rows = new Set();
        const begun = batch.slice(0, MAX_TOGETHER).filter((write) => this.#begin(write, rows));
        this.#addAgain(batch.slice(MAX_TOGETHER));
        if (begun.length === 0) {
            return;
        }
        this.#batches += 1;
        const results = this.#commit(begun.map(({ request }) => request));
        for (const { request, resolve } of begun) {
            resolve(results.then((resultOf) => resultOf(request)));
        }
        const end = () => this.#end(rows);
        results.then(end, end);
    }
    /** Returns whether a write can begin. `rows` are those of its batch. */
    #begin(write, rows) {
        const { id } = write.request;
        const waiting = this.#inFlight.get(id);
        if (waiting && !rows.has(id)) {
            waiting.push(write);
            return false;
        }
        this.#inFlight.set(id, waiting ?? []);
        rows.add(id);
        return true;
    }
    #end(rows) {
        this.#batches -= 1;
        const held = this.#held;
        this.#held = [];
        for (const id of rows) {
            const waiting = this.#inFlight.get(id) ?? [];
            this.#inFlight.delete(id);
            this.#addAgain(waiting);
        }
        this.#addAgain(held);
    }
    #addAgain(writes) {
        for (const write of writes) {
            this.#batch.add(write);
        }
    }
}
//# sourceMappingURL=keyed-batches.js.map