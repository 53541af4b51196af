import { Prisma } from '@product-api/database';
import { type Filters, filters } from '../database/page-statement.js';
import type { NewestMatches } from './search-index.js';

/** The maximum number of matches that are compared with each other. */
export const MAX_MATCHES = 1000;

/** The result of a statement: how many matches were read, and the JSON array of those to return. */
export interface MatchRow {
  readonly hits: number | bigint;
  readonly matches: string;
}

/** Returns the WHERE clause of the filters. */
export function whereFilters(query: Filters): Prisma.Sql {
  const conditions = filters(query);
  return conditions.length === 0
    ? Prisma.empty
    : Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}`;
}

/** Reads the result of a statement that has read at most one match more than `MAX_MATCHES`. */
export function toNewestMatches(row: MatchRow | undefined): NewestMatches {
  const { hits = 0, matches = '[]' } = row ?? {};
  // The statement builds triples of a number and two texts.
  const found = JSON.parse(matches) as [number, string, string][];
  return {
    matches: found.map(([number, id, name]) => ({ number, id, name })),
    isComplete: Number(hits) <= MAX_MATCHES,
  };
}
