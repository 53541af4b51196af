import { type Database, Prisma } from '@product-api/database';
import type { SearchQuery, SearchTerm } from '../../search/search-query.js';
import { type Filters, filters } from '../page-statement.js';
import {
  planIndex,
  SAMPLED_ENTRIES,
  type SearchedWord,
  sampledWords,
  type WordSample,
} from './index-plan.js';
import { MAX_MATCHES, type MatchRow, type NewestMatches, toNewestMatches } from './match-rows.js';

/** Characters of the longest beginnings of words that the index has, see its option `prefix`. */
const INDEXED_BEGINNING = 3;

/** The products with the planned words that are compared with the whole search. */
const MAX_CANDIDATES = 4000;

/** The products of the index that are compared with a search. */
interface Candidates {
  /** An expression of FTS5 that finds at least the matches of the search. */
  readonly expression: string;
  /** At most so many of them, the newest. */
  readonly limit: number;
}

/** The result of the statement, with the number of candidates. */
interface ComparedRow extends MatchRow {
  readonly candidates: number | bigint;
}

/**
 * Reads the newest matches from SQLite's full-text index, which returns them in the order of their
 * numbers, and from the entries that it does not have yet. The index compares products with common
 * words one by one, so a plan bounds them. It is a slow read nevertheless.
 *
 * Before FTS5 returns the first product of a beginning of more than three characters, it merges the
 * products of all words with it, which takes 40 ms for a million. So the products of the first
 * three characters are compared with the whole search first. If too few of them match to decide,
 * the index has to merge, but only the products that they did not match: mostly few.
 */
export async function sqliteNewestMatches(
  database: Database,
  search: SearchQuery,
  query: Filters,
): Promise<NewestMatches> {
  const exact = { expression: asExpression(search), limit: MAX_MATCHES + 1 };
  const read = (candidates: Candidates) => compare(database, search, candidates, query);
  const wider = withShortBeginnings(search);
  if (sampledWords(search).length === 1 && asExpression(wider) === exact.expression) {
    return (await read(exact)).newest;
  }
  const sample = await sampleWords(database, sampledWords(wider));
  const { words, isBounded, isBoundedForAll } = planIndex(wider, sample);
  const planned = {
    required: words.map(({ word, isPrefix }) => ({ words: [word], isPrefix })),
    excluded: search.excluded,
  };
  // The newest products of one word are found at once.
  const found = isBounded ? planned : { required: planned.required.slice(0, 1), excluded: [] };
  const { newest, isDecided } = await read({
    expression: asExpression(found),
    limit: MAX_CANDIDATES,
  });
  return isDecided || !isBoundedForAll ? newest : (await read(exact)).newest;
}

/** Returns which words the newest entries have. */
async function sampleWords(
  database: Database,
  words: readonly SearchedWord[],
): Promise<WordSample> {
  const bits = words.map(({ word, isPrefix }, index) => {
    const isFound = Prisma.sql`instr(entry, ${asText({ words: [word], isPrefix })}) > 0`;
    return Prisma.sql`((${isFound}) << ${Prisma.raw(String(index))})`;
  });
  const sets = await database.slowRead<{ newest: number; words: number; count: number }>(
    Prisma.sql`
      WITH sampled AS MATERIALIZED (
        SELECT number, ${entryText} AS entry FROM product_search_entries
        ORDER BY number DESC LIMIT ${SAMPLED_ENTRIES}
      )
      SELECT max(number) AS newest, ${Prisma.join(bits, ' | ')} AS words, count(*) AS count
      FROM sampled GROUP BY words`,
  );
  return { entries: Math.max(0, ...sets.map(({ newest }) => newest)), sets };
}

async function compare(
  database: Database,
  search: SearchQuery,
  candidates: Candidates,
  query: Filters,
): Promise<{ newest: NewestMatches; isDecided: boolean }> {
  const [row] = await database.slowRead<ComparedRow>(selectMatches(search, candidates, query));
  const newest = toNewestMatches(row);
  const areAll = Number(row?.candidates ?? 0) < candidates.limit;
  return {
    newest: { ...newest, isComplete: newest.isComplete && areAll },
    isDecided: areAll || !newest.isComplete,
  };
}

/** CROSS JOIN keeps the order of the tables. */
function selectMatches(
  search: SearchQuery,
  { expression, limit }: Candidates,
  query: Filters,
): Prisma.Sql {
  const isMatch = Prisma.sql`product_id IS NOT NULL AND ${matches(search)}`;
  const conditions = filters(query);
  const filtered =
    conditions.length === 0
      ? Prisma.empty
      : Prisma.sql`
          CROSS JOIN products ON products.id = product_id
          WHERE ${Prisma.join(conditions, ' AND ')}`;
  return Prisma.sql`
    WITH
      candidate AS MATERIALIZED (
        SELECT rowid AS number FROM product_search
        WHERE product_search MATCH ${expression}
          AND rowid NOT IN (SELECT number FROM product_search_pending)
        ORDER BY rowid DESC LIMIT ${limit}
      ),
      hit AS MATERIALIZED (
        SELECT * FROM (
          SELECT number, product_id, name_words
          FROM candidate CROSS JOIN product_search_entries USING (number)
          WHERE ${isMatch} LIMIT ${MAX_MATCHES + 1}
        )
        UNION ALL
        SELECT number, product_id, name_words
        FROM product_search_pending CROSS JOIN product_search_entries USING (number)
        WHERE ${isMatch}
        ORDER BY number DESC LIMIT ${MAX_MATCHES + 1}
      )
    SELECT
      (SELECT count(*) FROM candidate) AS candidates,
      (SELECT count(*) FROM hit) AS hits,
      json_group_array(json_array(hit.number, product_id, name_words)) AS matches
    FROM hit ${filtered}`;
}

/** The words of an entry between spaces. No phrase reaches over the point, which is in no word. */
const entryText = Prisma.sql`
  (' ' || coalesce(name_words, '') || ' . ' || coalesce(description_words, '') || ' ')`;

/** Returns the condition that the words of an entry have those of a search. */
function matches({ required, excluded }: SearchQuery): Prisma.Sql {
  return Prisma.join(
    [
      ...required.map((term) => Prisma.sql`instr(${entryText}, ${asText(term)}) > 0`),
      ...excluded.map((term) => Prisma.sql`instr(${entryText}, ${asText(term)}) = 0`),
    ],
    ' AND ',
  );
}

function asText({ words, isPrefix }: SearchTerm): string {
  return ` ${words.join(' ')}${isPrefix ? '' : ' '}`;
}

/** Returns a search that also finds words with the same first characters as a beginning. */
function withShortBeginnings({ required, excluded }: SearchQuery): SearchQuery {
  const shortened = required.map(({ words, isPrefix }) => {
    const last = words.length - 1;
    const short = (word: string) => [...word].slice(0, INDEXED_BEGINNING).join('');
    return {
      words: words.map((word, index) => (isPrefix && index === last ? short(word) : word)),
      isPrefix,
    };
  });
  return { required: shortened, excluded };
}

/** Returns an expression of FTS5. Words have only letters and digits, and are quoted. */
function asExpression({ required, excluded }: SearchQuery): string {
  const all = required.map(asPhrase).join(' AND ');
  return excluded.length === 0 ? all : `(${all}) NOT (${excluded.map(asPhrase).join(' OR ')})`;
}

function asPhrase({ words, isPrefix }: SearchTerm): string {
  return `"${words.join(' ')}"${isPrefix ? ' *' : ''}`;
}
