import { selectPage } from '../page-statement.js';
import { postgresqlPageSyntax } from './page-syntax.js';
import { deleteRows, insertRows, lockRows, selectRows, updateRows } from './row-statements.js';
/** The statements of PostgreSQL. */
export const postgresqlStatements = {
    selectRows,
    lockRows,
    insertRows,
    updateRows,
    deleteRows,
    selectPage: (query, after, ids) => selectPage(postgresqlPageSyntax, query, after, ids),
};
//# sourceMappingURL=postgresql-statements.js.map