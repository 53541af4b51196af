import { selectPage } from '../page-statement.js';
import type { ProductStatements } from '../product-statements.js';
import { postgresqlPageSyntax } from './page-syntax.js';
import {
  deleteRows,
  insertRows,
  lockRows,
  selectFirstRows,
  selectRows,
  updateRows,
} from './row-statements.js';

/** The statements of PostgreSQL. */
export const postgresqlStatements: ProductStatements = {
  selectRows,
  selectFirstRows,
  lockRows,
  insertRows,
  updateRows,
  deleteRows,
  noteAuthors: undefined,
  selectPage: (query, after, ids) => selectPage(postgresqlPageSyntax, query, after, ids),
};
