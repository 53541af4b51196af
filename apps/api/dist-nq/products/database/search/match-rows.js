import { Prisma } from '@product-api/database';
import { filters } from '../page-statement.js';
/** If a search finds more products, not all of them are read. */
export const MAX_MATCHES = 1000;
/** Returns the WHERE clause of the filters. */
export function whereFilters(query) {
    const conditions = filters(query);
    return conditions.length === 0
        ? Prisma.empty
        : Prisma.sql `WHERE ${Prisma.join(conditions, ' AND ')}`;
}
/** Reads the result of a statement that has read at most one match more than `MAX_MATCHES`. */
export function toNewestMatches(row) {
    const { hits = 0, matches = '[]' } = row ?? {};
    // The statement builds triples of a number and two texts.
    const found = JSON.parse(matches);
    return {
        matches: found.map(([number, id, name]) => ({ number, id, name })),
        isComplete: Number(hits) <= MAX_MATCHES,
    };
}
//# sourceMappingURL=match-rows.js.map