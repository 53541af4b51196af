import { postgresqlNewestMatches } from './postgresql-newest-matches.js';
import { sqliteNewestMatches } from './sqlite-newest-matches.js';
/** By dialect. */
export const readNewestMatches = {
    sqlite: sqliteNewestMatches,
    postgresql: postgresqlNewestMatches,
};
//# sourceMappingURL=read-newest-matches.js.map