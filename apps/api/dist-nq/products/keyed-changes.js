import { PreconditionFailedError } from '../http/problems/problem-errors.js';
import { ProductNotFoundError } from './product-errors.js';
/**
 * The changes of requests with an idempotency key. A repeated request gets the outcome of the first
 * one, and invalidates the cached product too: the process that made the change may have died
 * before its own invalidation. Invalidations may be repeated, in any order.
 */
export class KeyedChanges {
    #repository;
    #cache;
    constructor(repository, cache) {
        this.#repository = repository;
        this.#cache = cache;
    }
    /** @throws {IdempotencyKeyReusedError} when the key belongs to another request */
    async create(id, product, keyed) {
        return this.#productOf(await this.#repository.insertKeyed(id, product, keyed));
    }
    /**
     * @throws {IdempotencyKeyReusedError} when the key belongs to another request
     * @throws {ProductNotFoundError} when there was no such product
     * @throws {PreconditionFailedError} when the precondition did not hold
     */
    async update(id, changes, keyed, precondition) {
        const outcome = await this.#repository.updateKeyed(id, changes, keyed, precondition);
        return this.#productOf(outcome);
    }
    /**
     * @throws {IdempotencyKeyReusedError} when the key belongs to another request
     * @throws {ProductNotFoundError} when there was no such product
     * @throws {PreconditionFailedError} when the precondition did not hold
     */
    async delete(id, keyed, precondition) {
        const { version } = applied(await this.#repository.deleteKeyed(id, keyed, precondition));
        await this.#cache.invalidate(id, version);
    }
    async #productOf(outcome) {
        const written = applied(outcome);
        if (written.kind === 'deleted') {
            throw new TypeError('A deletion has no product to return');
        }
        await this.#cache.invalidate(written.product.id, written.version);
        return written.product;
    }
}
/** Returns the outcome of a write that was made; throws the error of any other. */
function applied(outcome) {
    switch (outcome.kind) {
        case 'not-found':
            throw new ProductNotFoundError();
        case 'precondition-failed':
            throw new PreconditionFailedError(outcome.detail);
        default:
            return outcome;
    }
}
//# sourceMappingURL=keyed-changes.js.map