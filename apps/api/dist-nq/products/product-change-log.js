/** Adapts the change log of the database to the interface of the cache. */
export function productChangeLog(log, { keepMs, keepAtMost }) {
    return {
        async head() {
            const { databaseId, seq, changedAt } = await log.head();
            return { databaseId, seq, mark: markOf(changedAt) };
        },
        start: () => log.start(),
        async read(after, limit) {
            return (await log.read(after, limit)).map(toChange);
        },
        async prune(before) {
            const options = { before, olderThanMs: keepMs, keepAtMost };
            while ((await log.prune(options)) > 0) { }
        },
    };
}
function toChange({ seq, productId, version, changedAt }) {
    return { seq, key: productId, version, mark: markOf(changedAt) };
}
function markOf(changedAt) {
    return changedAt?.toISOString();
}
//# sourceMappingURL=product-change-log.js.map