import { writeFile } from 'node:fs/promises';
import pg from 'pg';
import { findPgbouncer } from '../programs/find-programs.js';
import { temporaryFolder } from '../temporary-folder.js';
import { onFreePort } from './on-free-port.js';
import { accountFor } from './server-account.js';
import { startServerProcess } from './server-process.js';

/** A PgBouncer on 127.0.0.1 for one test or test file. */
export interface Pgbouncer {
  /** Returns the URL of a database of the server, by way of PgBouncer. */
  urlOf(databaseUrl: string): string;
  /** Ends PgBouncer and deletes its files; a second call does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts PgBouncer, in the mode that gives each transaction a connection of its own, before a
 * PostgreSQL server that needs no password.
 *
 * @param serverUrl the URL of any database of the server
 * @throws {MissingProgramError} when there is no PgBouncer.
 * @throws {ServerStartError} when it does not start.
 */
export async function startPgbouncer(serverUrl: string): Promise<Pgbouncer> {
  const program = await findPgbouncer();
  const folder = await temporaryFolder();
  const account = await accountFor(folder.path);
  const launch = async (port: number) => {
    const file = folder.file('pgbouncer.ini');
    await writeFile(file, configuration(serverUrl, port));
    const server = await startServerProcess({
      name: 'pgbouncer',
      program,
      args: [file],
      cwd: folder.path,
      env: {},
      account,
      isReady: () => isReady(throughPort(serverUrl, port)),
    });
    return { port, server };
  };
  const { port, server } = await onFreePort(launch).catch(async (error) => {
    await folder.remove();
    throw error;
  });
  return {
    urlOf: (databaseUrl) => throughPort(databaseUrl, port),
    async stop() {
      server.signal('SIGTERM');
      await server.exit;
      await folder.remove();
    },
  };
}

function throughPort(databaseUrl: string, port: number): string {
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return url.href;
}

async function isReady(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
  return true;
}

function configuration(serverUrl: string, port: number): string {
  const { hostname, port: serverPort, username } = new URL(serverUrl);
  return `
[databases]
* = host=${hostname} port=${serverPort} user=${username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
`;
}
