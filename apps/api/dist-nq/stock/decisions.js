import { decideAdjustment } from './decide-adjustment.js';
/** Decides adjustments in their order, each on the quantities that those before it left. */
export class Decisions {
    #rows;
    /** The products after the adjustments so far. */
    #products;
    #lines = [];
    /** @param rows the current rows of the products that the adjustments name, by id */
    constructor(rows) {
        this.#rows = rows;
        this.#products = new Map(Array.from(rows, ([id, { product }]) => [id, product]));
    }
    /** Decides the next adjustment. */
    add(adjustment) {
        const decision = decideAdjustment(this.#products, adjustment);
        if ('refusal' in decision) {
            return decision;
        }
        const { reason = null, reference = null } = adjustment;
        const versions = {};
        const products = decision.changes.map(({ product, delta }) => {
            const { id } = product;
            const quantityAfter = product.stock_quantity + delta;
            if (delta !== 0) {
                this.#lines.push({ id, delta, quantityAfter, reason, reference });
                versions[id] = (this.#rows.get(id)?.version ?? 0) + 1;
            }
            const changed = { ...product, stock_quantity: quantityAfter };
            this.#products.set(id, changed);
            return changed;
        });
        return { products, versions };
    }
    /** The lines of the decided adjustments for the ledgers, in order. */
    get lines() {
        return this.#lines;
    }
    /** Returns the rows that have lines. */
    changedRows() {
        const ids = new Set(this.#lines.map(({ id }) => id));
        return Array.from(this.#rows)
            .filter(([id]) => ids.has(id))
            .map(([id, { product, version }]) => ({
            id,
            quantityBefore: product.stock_quantity,
            quantity: this.#products.get(id)?.stock_quantity ?? product.stock_quantity,
            version: version + 1,
        }));
    }
}
//# sourceMappingURL=decisions.js.map