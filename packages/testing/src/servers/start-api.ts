import { fileURLToPath } from 'node:url';
import { testEnvironment } from '../environment.js';
import { temporaryFolder } from '../temporary-folder.js';
import { onFreePort } from './on-free-port.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

/** Options of `startApi`. */
export interface StartApiOptions {
  /**
   * The API's settings. It sees neither the settings in this process's environment nor a `.env`
   * file. Defaults: a new SQLite file, a free port on 127.0.0.1, no Redis, and a shutdown without
   * delay, as no load balancer has to notice it.
   */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * A command that runs the command after it, such as `['nice', '-n', '10']`. Default: none.
   */
  readonly launcher?: readonly string[];
}

/** The built API, running as a child process. */
export interface RunningApi {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly baseUrl: string;
  readonly pid: number;
  /** Resolves when the process has ended, with its exit code or the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals>;
  /** Returns the lines that it has written so far to its standard output and standard error. */
  logLines(): readonly string[];
  /** Sends a signal, such as `SIGKILL` for a crash; `exit` resolves when the process has ended. */
  kill(signal: NodeJS.Signals): void;
  /**
   * Ends the API with SIGTERM, or with SIGKILL if that takes more than 15 s, and deletes its
   * default SQLite file; a second call does nothing.
   */
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 15_000;

/**
 * Starts the built API and returns when it is live.
 *
 * @throws {ServerStartError} when it does not start; the error contains its output.
 */
export async function startApi({
  env = {},
  launcher = [],
}: StartApiOptions = {}): Promise<RunningApi> {
  const folder = await temporaryFolder();
  const settings = {
    DATABASE_URL: `file:${folder.file('products.db')}`,
    HOST: '127.0.0.1',
    REDIS_URL: '',
    SHUTDOWN_DELAY_MS: '0',
    ...env,
  };
  const launch = async (port: number | string) => {
    const baseUrl = `http://127.0.0.1:${port}`;
    const env = { ...settings, PORT: String(port) };
    return { baseUrl, api: await launchApi({ env, launcher, cwd: folder.path, baseUrl }) };
  };
  const givenPort = env['PORT'];
  const started = givenPort === undefined ? onFreePort(launch) : launch(givenPort);
  const { api, baseUrl } = await started.catch(async (error) => {
    await folder.remove();
    throw error;
  });
  return {
    baseUrl,
    pid: api.pid,
    exit: api.exit,
    logLines: () => api.lines,
    kill: api.signal,
    async stop() {
      await endGracefully(api);
      await folder.remove();
    },
  };
}

interface Launch extends Required<StartApiOptions> {
  readonly cwd: string;
  readonly baseUrl: string;
}

function launchApi({ env, launcher, cwd, baseUrl }: Launch): Promise<ServerProcess> {
  const main = fileURLToPath(new URL('../../../../apps/api/dist/main.js', import.meta.url));
  const [program = process.execPath, ...args] = [...launcher, process.execPath, main];
  return startServerProcess({
    name: 'api',
    program,
    args,
    cwd,
    env: { ...testEnvironment().system, ...env },
    isReady: () => isLive(baseUrl),
  });
}

async function isLive(baseUrl: string): Promise<boolean> {
  // A connection that stayed open would make the shutdown wait for another request on it.
  const response = await fetch(`${baseUrl}/health/live`, { headers: { Connection: 'close' } });
  await response.arrayBuffer();
  return response.ok;
}

async function endGracefully(api: ServerProcess): Promise<void> {
  // A process that SIGSTOP has stopped handles SIGTERM only after SIGCONT.
  api.signal('SIGCONT');
  api.signal('SIGTERM');
  const timeout = setTimeout(() => api.signal('SIGKILL'), STOP_TIMEOUT_MS);
  await api.exit;
  clearTimeout(timeout);
}
