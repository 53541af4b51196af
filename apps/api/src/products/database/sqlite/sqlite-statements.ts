import { selectPage } from '../page-statement.js';
import type { ProductStatements } from '../product-statements.js';
import { noteAuthors } from './note-authors.js';
import { sqlitePageSyntax } from './page-syntax.js';
import {
  deleteRows,
  insertRows,
  selectFirstRows,
  selectRows,
  updateRows,
} from './row-statements.js';

/** The statements of SQLite. */
export const sqliteStatements: ProductStatements = {
  selectRows,
  selectFirstRows,
  // A transaction has the lock of the whole file.
  lockRows: selectRows,
  insertRows,
  updateRows,
  deleteRows,
  noteAuthors,
  selectPage: (query, after, ids) => selectPage(sqlitePageSyntax, query, after, ids),
};
