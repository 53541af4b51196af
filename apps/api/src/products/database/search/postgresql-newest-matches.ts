import { type Database, Prisma } from '@product-api/database';
import type { SearchQuery, SearchTerm } from '../../search/search-query.js';
import type { Filters } from '../page-statement.js';
import { planIndex, SAMPLED_ENTRIES, type SearchedWord, sampledWords } from './index-plan.js';
import {
  MAX_MATCHES,
  type MatchRow,
  type NewestMatches,
  toNewestMatches,
  whereFilters,
} from './match-rows.js';

/** The newest entries that are compared with a search whose words are common. */
const NEWEST_ENTRIES = 20_000;

/** The products that the index finds and that are read, in no order, to sort them by number. */
const INDEXED_PRODUCTS = 5000;

/** The same for phrases: the index finds their words in any order. */
const INDEXED_PRODUCTS_OF_PHRASE = 20_000;

/** The newest entries by the words of a search that they have. */
interface SampledRow {
  readonly newest: number;
  readonly words: number;
  readonly count: number;
  /** How many of them match the whole search. */
  readonly matches: number;
}

/** The result of the statement that uses the index, with the number of products that it found. */
interface IndexedRow extends MatchRow {
  readonly found: number | bigint;
}

/**
 * Reads the newest matches from PostgreSQL. Its index returns all matches in no order, and first
 * lists them all. So if many of the newest entries match, or the index would read too much, the
 * newest entries are compared one by one. Otherwise the index finds products by the planned words,
 * and these are compared with the whole search. The planner of PostgreSQL cannot tell how common a
 * word is: it takes each beginning of a word for 2% of the products.
 */
export async function postgresqlNewestMatches(
  database: Database,
  search: SearchQuery,
  filters: Filters,
): Promise<NewestMatches> {
  const sampled = await sampleEntries(database, search);
  const matches = sampled.reduce((sum, row) => sum + row.matches, 0);
  if ((matches * NEWEST_ENTRIES) / SAMPLED_ENTRIES > MAX_MATCHES) {
    const newest = await compareNewest(database, search, filters);
    if (!newest.isComplete) {
      return newest;
    }
  }
  const entries = Math.max(0, ...sampled.map(({ newest }) => newest));
  const { words, isBounded, expected } = planIndex(search, { entries, sets: sampled });
  const areTooMany = hasPhrase(search) && expected > INDEXED_PRODUCTS_OF_PHRASE;
  return isBounded && !areTooMany
    ? compareIndexed(database, search, { words, filters })
    : { ...(await compareNewest(database, search, filters)), isComplete: false };
}

function hasPhrase({ required, excluded }: SearchQuery): boolean {
  return [...required, ...excluded].some(({ words }) => words.length > 1);
}

/** Returns which words the newest entries have. */
function sampleEntries({ client }: Database, search: SearchQuery): Promise<readonly SampledRow[]> {
  const bits = sampledWords(search).map(
    ({ word, isPrefix }, index) => Prisma.sql`
      ((words @@ ${asPhrase({ words: [word], isPrefix })}::tsquery)::int << ${Prisma.raw(`${index}`)})`,
  );
  return client.$queryRaw<SampledRow[]>`
    SELECT
      max(number)::float8 AS newest,
      ${Prisma.join(bits, ' | ')} AS words,
      count(*)::int AS count,
      (count(*) FILTER (WHERE words @@ ${asTsquery(search)}::tsquery))::int AS matches
    FROM (${newestEntries(SAMPLED_ENTRIES)}) AS entry
    GROUP BY 2`;
}

async function compareNewest(
  { client }: Database,
  search: SearchQuery,
  filters: Filters,
): Promise<NewestMatches> {
  const [row] = await client.$queryRaw<MatchRow[]>`
    WITH hit AS MATERIALIZED (
      SELECT number, product_id FROM (${newestEntries(NEWEST_ENTRIES)}) AS entry
      WHERE words @@ ${asTsquery(search)}::tsquery
      LIMIT ${MAX_MATCHES + 1}
    )
    SELECT ${hitsAndMatches(filters)}`;
  return toNewestMatches(row);
}

async function compareIndexed(
  { client }: Database,
  search: SearchQuery,
  { words, filters }: { words: readonly SearchedWord[]; filters: Filters },
): Promise<NewestMatches> {
  const limit = hasPhrase(search) ? INDEXED_PRODUCTS_OF_PHRASE : INDEXED_PRODUCTS;
  const planned = asTsquery({
    required: words.map(({ word, isPrefix }) => ({ words: [word], isPrefix })),
    // To compare a phrase, the index would read the products.
    excluded: search.excluded.filter((term) => term.words.length === 1),
  });
  const [row] = await client.$queryRaw<IndexedRow[]>`
    WITH
      found AS MATERIALIZED (
        SELECT * FROM product_search_found(
          ${planned}::tsquery, ${limit}, ${asTsquery(search)}::tsquery
        )
      ),
      hit AS MATERIALIZED (
        SELECT number, product_id FROM found
        WHERE is_match ORDER BY number DESC LIMIT ${MAX_MATCHES + 1}
      )
    SELECT (SELECT count(*) FROM found) AS found, ${hitsAndMatches(filters)}`;
  const newest = toNewestMatches(row);
  return { ...newest, isComplete: newest.isComplete && Number(row?.found ?? 0) < limit };
}

function newestEntries(count: number): Prisma.Sql {
  return Prisma.sql`
    SELECT number, product_id, words FROM product_search_entries
    ORDER BY number DESC LIMIT ${count}`;
}

/** OFFSET 0 keeps the planner from reading all products, to join them in another way. */
function hitsAndMatches(filters: Filters): Prisma.Sql {
  return Prisma.sql`
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
