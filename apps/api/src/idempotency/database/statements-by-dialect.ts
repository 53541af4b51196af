import type { Dialect } from '@product-api/database';
import { postgresqlRecords } from './postgresql-records.js';
import type { RecordStatements } from './record-statements.js';
import { sqliteRecords } from './sqlite-records.js';

/** The statements of each dialect. */
export const statementsByDialect: Readonly<Record<Dialect, RecordStatements>> = {
  sqlite: sqliteRecords,
  postgresql: postgresqlRecords,
};
