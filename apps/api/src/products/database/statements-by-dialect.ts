import type { Dialect } from '@product-api/database';
import { postgresqlStatements } from './postgresql/postgresql-statements.js';
import type { ProductStatements } from './product-statements.js';
import { sqliteStatements } from './sqlite/sqlite-statements.js';

/** The statements of each dialect. */
export const statementsByDialect: Readonly<Record<Dialect, ProductStatements>> = {
  sqlite: sqliteStatements,
  postgresql: postgresqlStatements,
};
