import { type PostgresServer, type RunningApi, startApi } from '@product-api/testing';
import { runSql } from '@product-api/testing/postgres';

/** The name of the control's database on the same server. */
const DATABASE = 'control';

/**
 * Starts the control of hosts on PostgreSQL: an API process without Redis and without faults, with
 * a database of its own.
 */
export async function startControl({ url }: PostgresServer): Promise<RunningApi> {
  await runSql(url, `CREATE DATABASE ${DATABASE}`);
  return startApi({
    env: { DATABASE_URL: new URL(DATABASE, url).href, SEED: 'false', LOG_LEVEL: 'warn' },
  });
}
