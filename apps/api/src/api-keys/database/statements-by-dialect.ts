import type { Dialect } from '@product-api/database';
import type { ApiKeyStatements } from './api-key-statements.js';
import { postgresqlStatements } from './postgresql-statements.js';
import { sqliteStatements } from './sqlite-statements.js';

/** The statements of each dialect. */
export const statementsByDialect: Readonly<Record<Dialect, ApiKeyStatements>> = {
  sqlite: sqliteStatements,
  postgresql: postgresqlStatements,
};
