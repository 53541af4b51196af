import { Prisma } from '@product-api/database';
import { MAX_MATCHES, toNewestMatches, whereFilters, } from './match-rows.js';
/** The newest entries that are compared with a search whose words are common. */
const NEWEST_ENTRIES = 20_000;
/** The matches that are read through the index, which has no order, to sort them by number. */
const INDEXED_MATCHES = 5000;
/**
 * Reads the newest matches from PostgreSQL. Its index returns all matches in no order, and first
 * lists them all. So for words that the planner takes for common, the newest entries are compared
 * one by one; if they have too few matches, the index returns some of all matches.
 */
export async function postgresqlNewestMatches(database, search, filters) {
    const query = Prisma.sql `${asTsquery(search)}::tsquery`;
    const read = async (hits) => {
        const [row] = await database.client.$queryRaw(selectMatches(hits, filters));
        return toNewestMatches(row);
    };
    if ((await estimate(database, query)) > INDEXED_MATCHES) {
        const newest = await read(Prisma.sql `
      SELECT number, product_id FROM (
        SELECT number, product_id, words FROM product_search_entries
        ORDER BY number DESC LIMIT ${NEWEST_ENTRIES}
      ) AS entry WHERE words @@ ${query}
      LIMIT ${MAX_MATCHES + 1}`);
        if (!newest.isComplete) {
            return newest;
        }
    }
    return read(Prisma.sql `
    SELECT number, product_id
    FROM product_search_matches(${query}, ${INDEXED_MATCHES})
    ORDER BY number DESC LIMIT ${MAX_MATCHES + 1}`);
}
/** Returns how many matches the planner expects. */
async function estimate({ client }, query) {
    const [explained] = await client.$queryRaw(Prisma.sql `
      EXPLAIN (FORMAT JSON) SELECT FROM product_search_entries WHERE words @@ ${query}`);
    return explained?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}
/** OFFSET 0 keeps the planner from reading all products, to join them in another way. */
function selectMatches(hits, filters) {
    return Prisma.sql `
    WITH hit AS MATERIALIZED (${hits})
    SELECT
      (SELECT count(*) FROM hit) AS hits,
      coalesce(json_agg(json_build_array(hit.number, products.id, products.name)), '[]')::text
        AS matches
    FROM hit CROSS JOIN LATERAL (
      SELECT * FROM products WHERE id = hit.product_id OFFSET 0
    ) AS products
    ${whereFilters(filters)}`;
}
/** Returns the text of a `tsquery`. Words have only letters and digits, and are quoted. */
function asTsquery({ required, excluded }) {
    const all = required.map(asPhrase);
    const none = excluded.map((term) => `!(${asPhrase(term)})`);
    return [...all, ...none].join(' & ');
}
function asPhrase({ words, isPrefix }) {
    const last = words.length - 1;
    return words
        .map((word, index) => `'${word}'${isPrefix && index === last ? ':*' : ''}`)
        .join(' <-> ');
}
//# sourceMappingURL=postgresql-newest-matches.js.map