import { postgresqlStatements } from './postgresql-statements.js';
import { sqliteStatements } from './sqlite-statements.js';
/** The statements of each dialect. */
export const statementsByDialect = {
    sqlite: sqliteStatements,
    postgresql: postgresqlStatements,
};
//# sourceMappingURL=statements-by-dialect.js.map