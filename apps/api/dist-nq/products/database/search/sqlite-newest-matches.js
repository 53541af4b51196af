import { Prisma } from '@product-api/database';
import { MAX_MATCHES, toNewestMatches, whereFilters, } from './match-rows.js';
/**
 * Reads the newest matches from SQLite's full-text index, which returns them in the order of their
 * numbers. CROSS JOIN keeps the order of the tables.
 *
 * The time has no bound: words that are common but seldom occur together are compared one by one,
 * and a prefix of four letters or more merges the lists of all its words. So it is a slow read.
 */
export async function sqliteNewestMatches(database, search, filters) {
    const [row] = await database.slowRead(Prisma.sql `
    WITH hit AS MATERIALIZED (
      SELECT rowid AS number FROM product_search WHERE product_search MATCH ${asExpression(search)}
      ORDER BY rowid DESC LIMIT ${MAX_MATCHES + 1}
    )
    SELECT
      (SELECT count(*) FROM hit) AS hits,
      json_group_array(json_array(hit.number, products.id, products.name)) AS matches
    FROM hit
      CROSS JOIN product_search_entries AS entry ON entry.number = hit.number
      CROSS JOIN products ON products.id = entry.product_id
    ${whereFilters(filters)}`);
    return toNewestMatches(row);
}
/** Returns an expression of FTS5. Words have only letters and digits, and are quoted. */
function asExpression({ required, excluded }) {
    const all = required.map(asPhrase).join(' AND ');
    return excluded.length === 0 ? all : `(${all}) NOT (${excluded.map(asPhrase).join(' OR ')})`;
}
function asPhrase({ words, isPrefix }) {
    return `"${words.join(' ')}"${isPrefix ? ' *' : ''}`;
}
//# sourceMappingURL=sqlite-newest-matches.js.map