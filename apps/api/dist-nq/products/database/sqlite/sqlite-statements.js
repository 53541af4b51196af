import { selectPage } from '../page-statement.js';
import { sqlitePageSyntax } from './page-syntax.js';
import { deleteRows, insertRows, selectRows, updateRows } from './row-statements.js';
/** The statements of SQLite. */
export const sqliteStatements = {
    selectRows,
    // A transaction has the lock of the whole file.
    lockRows: selectRows,
    insertRows,
    updateRows,
    deleteRows,
    selectPage: (query, after, ids) => selectPage(sqlitePageSyntax, query, after, ids),
};
//# sourceMappingURL=sqlite-statements.js.map