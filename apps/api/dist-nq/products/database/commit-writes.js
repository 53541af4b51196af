import { queryProducts } from './product-row.js';
/**
 * Commits writes of different rows with one statement, and so one sync of the disk, for each kind
 * of write. If a row breaks a constraint, only its own write fails.
 *
 * @returns a function that returns the outcome of a write: the stored product, or the deleted one;
 * undefined if no row was selected
 */
export async function commitWrites(database, statements, writes) {
    const inserts = writes.filter((write) => write.kind === 'insert');
    const updates = writes.filter((write) => write.kind === 'update');
    const deletes = writes.filter((write) => write.kind === 'delete');
    const outcomes = {
        insert: commit(database, statements.insertRows, inserts),
        update: commit(database, statements.updateRows, updates),
        delete: commit(database, statements.deleteRows, deletes),
    };
    return async ({ kind, id }) => (await outcomes[kind]).get(id);
}
async function commit(database, statementOf, writes) {
    if (writes.length === 0) {
        return new Map();
    }
    try {
        return await queryProducts(database.client, statementOf(writes));
    }
    catch (error) {
        if (writes.length === 1 || database.failureOf(error) !== 'constraint') {
            throw error;
        }
        // The statement changed nothing. Retry each write alone, to find the one that breaks a
        // constraint.
        const commitAlone = async (write) => (await commit(database, statementOf, [write])).get(write.id);
        return new Map(writes.map((write) => [write.id, commitAlone(write)]));
    }
}
//# sourceMappingURL=commit-writes.js.map