import { Prisma } from '@product-api/database';
import { type Filters, filters } from '../page-statement.js';

/** If a search finds more products, not all of them are read. */
export const MAX_MATCHES = 1000;

/** A product that a search has found. */
export interface Match {
  /** Rises with every product. */
  readonly number: number;
  readonly id: string;
  /** The name, or the words of it that the index has. */
  readonly name: string;
}

/** The newest products that a search finds. */
export interface NewestMatches {
  /** Those of them that the filters let through. */
  readonly matches: readonly Match[];
  /** Whether the search finds no other products. */
  readonly isComplete: boolean;
}

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
