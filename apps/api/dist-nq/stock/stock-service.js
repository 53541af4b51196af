import { toProductId, } from '@product-api/contract';
import { GroupCommit } from './group-commit.js';
import { decodeLedgerCursor, encodeLedgerCursor } from './ledger-cursor.js';
import { productsNotFound } from './refusals.js';
import { StockRefusedError } from './stock-errors.js';
/** The use cases of stock. */
export class StockService {
    #repository;
    #cache;
    #adjustments;
    constructor({ repository, cache }) {
        this.#repository = repository;
        this.#cache = cache;
        this.#adjustments = new GroupCommit((adjustments) => this.#commit(adjustments));
    }
    /**
     * Adjusts the stock of a product, and invalidates the cached product.
     *
     * @returns the product with the quantity after this adjustment
     * @throws {StockRefusedError} when a product does not exist, has another quantity than expected,
     * or would have too few or too many pieces
     * @throws {IdempotencyKeyReusedError} when the key belongs to another request
     */
    async adjust(idText, { delta, expected, ...texts }, keyed) {
        const id = toProductId(idText) ?? idText;
        const [product] = await this.#adjust({ lines: [{ id, delta, expected }], ...texts, keyed });
        if (product === undefined) {
            throw new TypeError('The adjustment of a product has no product');
        }
        return product;
    }
    /**
     * Adjusts the stock of several products, all or nothing, and invalidates the cached products.
     *
     * @returns each product once, in the order of its first line
     * @throws {StockRefusedError} when a product does not exist, has another quantity than expected,
     * or would have too few or too many pieces
     * @throws {IdempotencyKeyReusedError} when the key belongs to another request
     */
    adjustMany({ lines, ...texts }, keyed) {
        return this.#adjust({
            lines: lines.map(({ product_id, ...line }) => {
                return { id: toProductId(product_id) ?? product_id, ...line };
            }),
            ...texts,
            keyed,
        });
    }
    /**
     * Returns one page of a product's ledger, the newest line first, also of a deleted product.
     *
     * @throws {InvalidLedgerCursorError} when the cursor is not one of a ledger
     * @throws {StockRefusedError} when there was never such a product
     */
    async ledger(idText, { cursor, limit }) {
        const before = cursor === undefined ? undefined : decodeLedgerCursor(cursor);
        const id = toProductId(idText);
        const found = id === undefined ? undefined : await this.#repository.ledger({ id, before, limit });
        if (found === undefined) {
            throw new StockRefusedError(productsNotFound([idText]));
        }
        const { items, next, size } = found;
        const page = {
            items: [...items],
            next_cursor: next === undefined ? null : encodeLedgerCursor(next),
        };
        return { page, size };
    }
    async #adjust(adjustment) {
        const outcome = await this.#adjustments.request(adjustment);
        if ('refusal' in outcome) {
            throw new StockRefusedError(outcome.refusal);
        }
        return outcome.products;
    }
    /**
     * Commits a group, and invalidates each of its rows once before anybody has a response. A
     * repeated request invalidates, too: the process that made the change may have died before.
     */
    async #commit(adjustments) {
        const outcomeOf = this.#repository.adjust(adjustments);
        const settled = await Promise.allSettled(adjustments.map(outcomeOf));
        const versions = new Map();
        for (const result of settled) {
            if (result.status === 'fulfilled' && 'versions' in result.value) {
                for (const [id, version] of Object.entries(result.value.versions)) {
                    versions.set(id, Math.max(version, versions.get(id) ?? 0));
                }
            }
        }
        await Promise.all(Array.from(versions, ([id, version]) => this.#cache.invalidate(id, version)));
        return outcomeOf;
    }
}
//# sourceMappingURL=stock-service.js.map