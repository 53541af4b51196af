import { isProductId } from '@product-api/contract';
import { commitKeyed } from '../../idempotency/commit-keyed.js';
import { queryProducts } from '../../products/database/product-row.js';
import { adjustmentOutcomeSchema } from '../adjustment-outcome.js';
import { Decisions } from '../decisions.js';
/**
 * Commits adjustments in their order in one transaction: each is decided on the quantities that
 * those before it left. If one of them breaks a constraint, only that one fails.
 */
export function commitAdjustments(table, adjustments) {
    const at = table.clock();
    const hasKeys = adjustments.some(({ keyed }) => keyed !== undefined);
    const committed = commitKeyed(adjustments, {
        database: table.database,
        at,
        outcome: adjustmentOutcomeSchema,
        decide: async (transaction, fresh) => {
            const { changed, outcomeOf } = await decide(table, transaction, fresh, at);
            if (changed.length === 0 && !hasKeys) {
                throw new NothingToCommitError(outcomeOf);
            }
            return outcomeOf;
        },
    });
    return async (adjustment) => {
        try {
            const outcomeOf = await committed;
            return await outcomeOf(adjustment);
        }
        catch (error) {
            if (error instanceof NothingToCommitError) {
                return error.outcomeOf(adjustment);
            }
            throw error;
        }
    };
}
async function decide({ statements }, transaction, adjustments, at) {
    const ids = new Set(adjustments.flatMap(({ lines }) => lines.map(({ id }) => id)));
    const knownIds = [...ids].filter(isProductId);
    const rows = await queryProducts(transaction, statements.lockRows(knownIds));
    const decisions = new Decisions(rows);
    const outcomes = new Map(adjustments.map((adjustment) => [adjustment, decisions.add(adjustment)]));
    const outcomeOf = (adjustment) => outcomes.get(adjustment) ?? notDecided();
    const changed = decisions.changedRows();
    if (changed.length > 0) {
        await transaction.$executeRaw(statements.insertLines(decisions.lines, changed, at));
        await transaction.$executeRaw(statements.setQuantities(changed, at));
    }
    return { changed, outcomeOf };
}
function notDecided() {
    throw new TypeError('The adjustment is not one of the group');
}
/**
 * Rolls back a transaction that has changed nothing and has no key to record. PostgreSQL would sync
 * its locks to disk if it was committed.
 */
class NothingToCommitError extends Error {
    name = 'NothingToCommitError';
    outcomeOf;
    constructor(outcomeOf) {
        super('Nothing to commit');
        this.outcomeOf = outcomeOf;
    }
}
//# sourceMappingURL=commit-adjustments.js.map