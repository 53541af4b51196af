import { findRedisServer } from '../programs/find-programs.js';
import { temporaryFolder } from '../temporary-folder.js';
import { onFreePort } from './on-free-port.js';
import { redisProcessId } from './redis-process-id.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

/** Options of `startRedis`. */
export interface StartRedisOptions {
  /** Whether the data survives `restart`. Default `'none'`: the server is empty afterwards. */
  readonly persistence?: 'none' | 'append-only';
  /** The password of the user `default`, and with which a replica follows. Default: none. */
  readonly password?: string;
  /** More arguments for redis-server, such as `['--maxmemory', '5mb']`. Default none. */
  readonly args?: readonly string[];
}

/** A redis-server on 127.0.0.1 for one test or test file. */
export interface RedisServer {
  /** `redis://127.0.0.1:<port>`; unchanged after a restart. */
  readonly url: string;
  readonly port: number;
  /** The process id; another one after a restart. */
  readonly pid: number;
  /**
   * Sends a signal: `SIGSTOP` makes the server hang, `SIGCONT` resumes it, and `SIGKILL` is a
   * crash. Resolves when the signal is sent; for `SIGKILL` and `SIGTERM`, when the process has
   * ended.
   */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends the server if it runs, even if it hangs, and starts it again on the same port. */
  restart(): Promise<void>;
  /** Ends the server and deletes its files; a second call does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts a redis-server on a free port, in a temporary folder, and returns when it is ready.
 *
 * @throws {MissingProgramError} when there is no redis-server.
 * @throws {ServerStartError} when the server does not start.
 */
export async function startRedis(options: StartRedisOptions = {}): Promise<RedisServer> {
  const program = await findRedisServer();
  const folder = await temporaryFolder();
  const launch = (port: number) =>
    startServerProcess({
      name: 'redis-server',
      program,
      args: redisArguments(port, options),
      cwd: folder.path,
      env: {},
      isReady: async (pid) => (await redisProcessId(port, options.password)) === pid,
    });
  return startRedisServer(launch, folder.remove);
}

/**
 * Starts a server of Redis on a free port, and restarts it by the same function.
 *
 * @throws {ServerStartError} when the server does not start; then its files are removed.
 */
export async function startRedisServer(
  launch: (port: number) => Promise<ServerProcess>,
  removeFiles: () => Promise<void>,
): Promise<RedisServer> {
  const started = await onFreePort(async (port) => ({ port, server: await launch(port) })).catch(
    async (error) => {
      await removeFiles();
      throw error;
    },
  );
  return redisServer(started.port, started.server, launch, removeFiles);
}

function redisServer(
  port: number,
  started: ServerProcess,
  launch: (port: number) => Promise<ServerProcess>,
  removeFiles: () => Promise<void>,
): RedisServer {
  let server = started;
  const kill = async (signal: NodeJS.Signals) => {
    server.signal(signal);
    if (signal === 'SIGKILL' || signal === 'SIGTERM') {
      await server.exit;
    }
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return server.pid;
    },
    kill,
    async restart() {
      // A process that SIGSTOP has stopped handles SIGTERM only after SIGCONT.
      await kill('SIGCONT');
      await kill('SIGTERM');
      server = await launch(port);
    },
    async stop() {
      await kill('SIGKILL');
      await removeFiles();
    },
  };
}

function redisArguments(
  port: number,
  { persistence = 'none', password, args = [] }: StartRedisOptions,
): string[] {
  const appendOnly = persistence === 'append-only' ? 'yes' : 'no';
  const passwords =
    password === undefined ? [] : ['--requirepass', password, '--masterauth', password];
  return [
    ...['--port', String(port), '--bind', '127.0.0.1', '--daemonize', 'no'],
    ...['--save', '', '--appendonly', appendOnly],
    ...passwords,
    ...args,
  ];
}
