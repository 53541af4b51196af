import { postgresqlStatements } from './postgresql/postgresql-statements.js';
import { sqliteStatements } from './sqlite/sqlite-statements.js';
/** The statements of each dialect. */
export const statementsByDialect = {
    sqlite: sqliteStatements,
    postgresql: postgresqlStatements,
};
//# sourceMappingURL=statements-by-dialect.js.map