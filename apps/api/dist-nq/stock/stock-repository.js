import { commitAdjustments, } from './database/commit-adjustments.js';
import { queryLedger } from './database/query-ledger.js';
import { statementsByDialect } from './database/statements-by-dialect.js';
/** Stores changes of the stock in the database, with a line in the product's ledger for each. */
export class StockRepository {
    #table;
    /** @param clock returns the time for `updated_at` and for the ledger */
    constructor(database, clock) {
        this.#table = { database, statements: statementsByDialect[database.dialect], clock };
    }
    /**
     * Applies adjustments in their order, in one transaction, each at most once for its key. Returns
     * the function that returns the outcome of each; its promise is rejected with an
     * `IdempotencyKeyReusedError` if the key belongs to another request.
     */
    adjust(adjustments) {
        return commitAdjustments(this.#table, adjustments);
    }
    /** Returns a page of a ledger; undefined if there was never a product with the id. */
    async ledger(range) {
        const { database, statements } = this.#table;
        const { known, lines, size } = await queryLedger(database.client, statements.selectLedger(range));
        const page = lines.slice(0, range.limit);
        return known
            ? {
                items: page.map(({ adjustment }) => adjustment),
                next: lines.length > page.length ? page.at(-1)?.lineNumber : undefined,
                size,
            }
            : undefined;
    }
}
//# sourceMappingURL=stock-repository.js.map