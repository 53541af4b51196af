import { OverloadError } from '../problems/problem-errors.js';
/**
 * Memory that requests share, for instance for their bodies. It bounds the total, not each request.
 */
export class ByteBudget {
    #limitBytes;
    #usedBytes = 0;
    /** @param limitBytes maximum bytes in use at a time */
    constructor(limitBytes) {
        this.#limitBytes = limitBytes;
    }
    /**
     * Requires room for more bytes.
     *
     * @throws {OverloadError} when the budget has no room for them
     */
    requireRoom(bytes = 0) {
        if (this.#usedBytes + bytes > this.#limitBytes) {
            throw new OverloadError();
        }
    }
    /** Takes bytes even without room: memory that is in use already must be counted. */
    take(bytes) {
        this.#usedBytes += bytes;
    }
    /** Gives bytes back. */
    give(bytes) {
        this.#usedBytes -= bytes;
    }
}
//# sourceMappingURL=byte-budget.js.map