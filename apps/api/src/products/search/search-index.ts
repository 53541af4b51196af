import type { Database, Dialect } from '@product-api/database';
import type { Filters } from '../database/page-statement.js';
import { postgresqlNewestMatches } from './postgresql-newest-matches.js';
import type { Match } from './rank-matches.js';
import type { SearchQuery } from './search-query.js';
import { sqliteNewestMatches } from './sqlite-newest-matches.js';

/** The newest products that a search finds. */
export interface NewestMatches {
  /** Those of them that the filters let through. */
  readonly matches: readonly Match[];
  /** Whether the search finds no other products. */
  readonly isComplete: boolean;
}

/** Reads the newest matches of a search with at least one required term. */
export type ReadNewestMatches = (
  database: Database,
  search: SearchQuery,
  filters: Filters,
) => Promise<NewestMatches>;

/** By dialect. */
export const readNewestMatches: Readonly<Record<Dialect, ReadNewestMatches>> = {
  sqlite: sqliteNewestMatches,
  postgresql: postgresqlNewestMatches,
};
