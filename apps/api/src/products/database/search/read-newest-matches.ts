import type { Database, Dialect } from '@product-api/database';
import type { SearchQuery } from '../../search/search-query.js';
import type { Filters } from '../page-statement.js';
import type { NewestMatches } from './match-rows.js';
import { postgresqlNewestMatches } from './postgresql-newest-matches.js';
import { sqliteNewestMatches } from './sqlite-newest-matches.js';

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
