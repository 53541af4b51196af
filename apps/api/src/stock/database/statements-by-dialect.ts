import type { Dialect } from '@product-api/database';
import { postgresqlStatements } from './postgresql-statements.js';
import { sqliteStatements } from './sqlite-statements.js';
import type { StockStatements } from './stock-statements.js';

/** The statements of each dialect. */
export const statementsByDialect: Readonly<Record<Dialect, StockStatements>> = {
  sqlite: sqliteStatements,
  postgresql: postgresqlStatements,
};
