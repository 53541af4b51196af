import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findProgram } from '../programs/find-program.js';
import { findPostgres } from '../programs/find-programs.js';
import { temporaryFolderInMemory } from '../temporary-folder.js';
import { onFreePort } from './on-free-port.js';
import { accountFor, type ServerAccount } from './server-account.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

/** Options of `startPostgres`. */
export interface StartPostgresOptions {
  /** Settings of postgresql.conf, such as `{max_connections: '10'}`. Default none. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A PostgreSQL server on 127.0.0.1 for one test, test file or test run. */
export interface PostgresServer {
  /** The URL of its database `postgres`, as its superuser; unchanged after a restart. */
  readonly url: string;
  readonly port: number;
  /**
   * The process id of the server, the parent of its other processes; another one after a restart.
   */
  readonly pid: number;
  /** The folder of its data. */
  readonly dataFolder: string;
  /** Ends the server. Its sessions get the error 57P01, and no data is lost. */
  shutDown(): Promise<void>;
  /** Ends the server as a crash does; it recovers its data at the next start. */
  crash(): Promise<void>;
  /** Starts a server that was ended, on the same port. */
  start(): Promise<void>;
  /** Ends the server and deletes its files; a second call does nothing. */
  stop(): Promise<void>;
}

/** The name of the superuser, who needs no password. */
const SUPERUSER = 'postgres';

/** A test loses nothing that matters when the machine fails. */
const fastSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  max_wal_size: '128MB',
  shared_buffers: '32MB',
  unix_socket_directories: '',
};

/**
 * Creates a PostgreSQL server with empty databases on a free port, in a temporary folder in memory,
 * and returns when it is ready.
 *
 * @throws {MissingProgramError} when there is no PostgreSQL.
 * @throws {ServerStartError} when the server does not start.
 */
export async function startPostgres(options: StartPostgresOptions = {}): Promise<PostgresServer> {
  const program = await findPostgres();
  const folder = await temporaryFolderInMemory();
  const account = await accountFor(folder.path);
  const dataFolder = folder.file('data');
  const launch = (port: number) => launchServer({ program, dataFolder, account, port, ...options });
  try {
    await createDataFolder(join(dirname(program), 'initdb'), dataFolder, account);
    const { port, server } = await onFreePort(async (port) => ({
      port,
      server: await launch(port),
    }));
    return postgresServer({ port, server, dataFolder, launch, removeFiles: folder.remove });
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

async function createDataFolder(
  initdb: string,
  dataFolder: string,
  account: ServerAccount | undefined,
): Promise<void> {
  const files = ['-D', dataFolder, '--no-sync'];
  const defaults = ['-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--no-locale'];
  // The program changes into its working directory, which `nobody` may not enter.
  const options = { cwd: dirname(dataFolder), env: {}, ...account };
  await promisify(execFile)(initdb, [...files, ...defaults], options);
}

interface Launch extends StartPostgresOptions {
  readonly program: string;
  readonly dataFolder: string;
  readonly account: ServerAccount | undefined;
  readonly port: number;
}

async function launchServer({ program, dataFolder, account, port, settings }: Launch) {
  const launcher = await endingWithParent();
  const all = { ...fastSettings, listen_addresses: '127.0.0.1', port: String(port), ...settings };
  return startServerProcess({
    name: 'postgres',
    program: launcher[0] ?? program,
    args: [
      ...launcher.slice(1),
      ...(launcher.length > 0 ? [program] : []),
      '-D',
      dataFolder,
      ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    cwd: dirname(dataFolder),
    // The server finds its own program by the PATH.
    env: { PATH: dirname(program) },
    account,
    isReady: async () => (await dataFolderOf(urlOf(port))) === dataFolder,
  });
}

/**
 * Returns a launcher that shuts the server down when this process ends, also when it is killed: the
 * server itself would go on. Returns an empty list on other systems than Linux, which have none.
 */
async function endingWithParent(): Promise<string[]> {
  const setpriv = process.platform === 'linux' ? await findProgram(['setpriv']) : undefined;
  return setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'QUIT'];
}

/** Shows which server replies on a port. */
async function dataFolderOf(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  await client.connect();
  try {
    return (await client.query('SHOW data_directory')).rows[0].data_directory;
  } finally {
    await client.end();
  }
}

function urlOf(port: number): string {
  return `postgres://${SUPERUSER}@127.0.0.1:${port}/postgres`;
}

interface Running {
  readonly port: number;
  readonly server: ServerProcess;
  readonly dataFolder: string;
  readonly launch: (port: number) => Promise<ServerProcess>;
  readonly removeFiles: () => Promise<void>;
}

function postgresServer({
  port,
  server: started,
  dataFolder,
  launch,
  removeFiles,
}: Running): PostgresServer {
  let server = started;
  const end = async (signal: NodeJS.Signals) => {
    server.signal(signal);
    await server.exit;
  };
  return {
    url: urlOf(port),
    port,
    get pid() {
      return server.pid;
    },
    dataFolder,
    // A fast and an immediate shutdown:
    // https://www.postgresql.org/docs/current/server-shutdown.html
    shutDown: () => end('SIGINT'),
    crash: () => end('SIGQUIT'),
    async start() {
      server = await launch(port);
    },
    async stop() {
      await end('SIGQUIT');
      await removeFiles();
    },
  };
}
