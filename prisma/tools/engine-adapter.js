import { libsqlEngineAdapter } from './libsql-engine-adapter.js';
import { postgresqlEngineAdapter } from './postgresql-engine-adapter.js';

/**
 * Creates the driver adapter of Prisma's schema engine for a URL.
 *
 * @param {string} url a `file:` URL, `:memory:`, or the URL of any database of a PostgreSQL server
 */
export function engineAdapter(url) {
  return /^postgres(ql)?:/.test(url) ? postgresqlEngineAdapter(url) : libsqlEngineAdapter(url);
}
