import pg from 'pg';
import { StandbyServerError } from '../errors/server-errors.js';
import { beginWithoutWaiting } from './begin-without-waiting.js';
import { serverPlace } from './server-place.js';

/** Options of the connections. */
export interface ConnectionOptions {
  readonly url: string;
  /** Milliseconds for a connection, and for a statement. */
  readonly timeoutMs: number;
}

/**
 * Milliseconds that the server has, beyond its own limit, to say that a statement took too long.
 */
const CANCELLATION_MS = 2000;

/**
 * Creates a pool of connections. It opens them when they are needed.
 *
 * Limits are not sent as parameters of the connection: PgBouncer would refuse it. Where PgBouncer
 * shares the connections of the server, a statement may get one that has no limit yet; then the
 * driver's own limit ends the wait.
 *
 * @param size the maximum number of connections
 */
export function createPool({ url, timeoutMs }: ConnectionOptions, size: number): pg.Pool {
  return new pg.Pool({
    ...connectionSettings({ url, timeoutMs }),
    max: size,
    // Sends a statement although the reply to the one before it has not arrived.
    pipeline: true,
    query_timeout: timeoutMs + CANCELLATION_MS,
    onConnect: (client) => prepareConnection(client, { url, timeoutMs }),
  });
}

/** Returns the settings that all connections share. */
export function connectionSettings({ url, timeoutMs }: ConnectionOptions): pg.ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    // Shows the death of a host that the network does not report.
    keepAlive: true,
    application_name: 'product-api',
  };
}

/**
 * Sets the time limit of statements, refuses a standby, and lets transactions begin at once.
 *
 * @throws {StandbyServerError} when the server is one
 */
async function prepareConnection(
  client: pg.ClientBase,
  { url, timeoutMs }: ConnectionOptions,
): Promise<void> {
  await client.query(`SET statement_timeout = ${timeoutMs}`);
  await requirePrimary(client, serverPlace(url));
  beginWithoutWaiting(client);
}

/**
 * Refuses a standby: also after a failover, which may turn the server of a name into one.
 *
 * @throws {StandbyServerError} when the server is one
 */
export async function requirePrimary(client: pg.ClientBase, place: string): Promise<void> {
  const { rows } = await client.query('SELECT pg_is_in_recovery() AS standby');
  if (rows[0].standby) {
    throw new StandbyServerError(place);
  }
}
