import { postgresqlRecords } from './postgresql-records.js';
import { sqliteRecords } from './sqlite-records.js';
/** The statements of each dialect. */
export const statementsByDialect = {
    sqlite: sqliteRecords,
    postgresql: postgresqlRecords,
};
//# sourceMappingURL=statements-by-dialect.js.map