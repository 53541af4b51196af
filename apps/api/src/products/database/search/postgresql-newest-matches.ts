import { type Database, Prisma } from '@product-api/database';
import type { SearchQuery, SearchTerm } from '../../search/search-query.js';
import type { Filters } from '../page-statement.js';
import {
  MAX_MATCHES,
  type MatchRow,
  type NewestMatches,
  toNewestMatches,
  whereFilters,
} from './match-rows.js';

/** The newest entries that are compared with a search whose words are common. */
const NEWEST_ENTRIES = 20_000;

/** The newest entries that show whether the words are common. */
const SAMPLED_ENTRIES = 1000;

/** The matches that are read through the index, which has no order, to sort them by number. */
const INDEXED_MATCHES = 5000;

/**
 * Reads the newest matches from PostgreSQL. Its index returns all matches in no order, and first
 * lists them all. So for words that are common among the newest entries, these are compared one by
 * one; if they have too few matches, the index returns some of all matches. The planner cannot tell
 * how common a word is: it takes each beginning of a word for 2% of the products.
 */
export async function postgresqlNewestMatches(
  database: Database,
  search: SearchQuery,
  filters: Filters,
): Promise<NewestMatches> {
  const query = Prisma.sql`${asTsquery(search)}::tsquery`;
  const read = async (hits: Prisma.Sql) => {
    const [row] = await database.client.$queryRaw<MatchRow[]>(selectMatches(hits, filters));
    return toNewestMatches(row);
  };
  const sampled = await countNewest(database, query);
  if ((sampled * NEWEST_ENTRIES) / SAMPLED_ENTRIES > MAX_MATCHES) {
    const newest = await read(Prisma.sql`
      SELECT number, product_id FROM (${newestEntries(NEWEST_ENTRIES)}) AS entry
      WHERE words @@ ${query}
      LIMIT ${MAX_MATCHES + 1}`);
    if (!newest.isComplete) {
      return newest;
    }
  }
  return read(Prisma.sql`
    SELECT number, product_id
    FROM product_search_matches(${query}, ${INDEXED_MATCHES})
    ORDER BY number DESC LIMIT ${MAX_MATCHES + 1}`);
}

/** Returns how many of the sampled entries match. */
async function countNewest({ client }: Database, query: Prisma.Sql): Promise<number> {
  const [row] = await client.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (${newestEntries(SAMPLED_ENTRIES)}) AS entry
    WHERE words @@ ${query}`;
  return row?.count ?? 0;
}

function newestEntries(count: number): Prisma.Sql {
  return Prisma.sql`
    SELECT number, product_id, words FROM product_search_entries
    ORDER BY number DESC LIMIT ${count}`;
}

/** OFFSET 0 keeps the planner from reading all products, to join them in another way. */
function selectMatches(hits: Prisma.Sql, filters: Filters): Prisma.Sql {
  return Prisma.sql`
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
function asTsquery({ required, excluded }: SearchQuery): string {
  const all = required.map(asPhrase);
  const none = excluded.map((term) => `!(${asPhrase(term)})`);
  return [...all, ...none].join(' & ');
}

function asPhrase({ words, isPrefix }: SearchTerm): string {
  const last = words.length - 1;
  return words
    .map((word, index) => `'${word}'${isPrefix && index === last ? ':*' : ''}`)
    .join(' <-> ');
}
