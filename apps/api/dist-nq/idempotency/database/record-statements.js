/**
 * Maximum number of records that one statement deletes. Keys are random, so each may need a page
 * of the index that is not in memory.
 */
export const MAX_PRUNED = 100;
//# sourceMappingURL=record-statements.js.map