import { fileURLToPath } from 'node:url';
import { testEnvironment } from './environment.js';
import { onFreePort } from './on-free-port.js';
import { type ServerProcess, startServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';

/** How the API is started for a test. */
export interface StartApiOptions {
  /**
   * Its settings. No setting of this process's environment, and no `.env` file, reaches it.
   * Defaults: a new SQLite file, a free port on 127.0.0.1, and a REDIS_URL where nobody listens,
   * so that no test meets a Redis which is not its own; an empty one means no Redis at all.
   */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * A command that ends by running the one that follows it, such as `['nice', '-n', '10']`.
   * Default: none.
   */
  readonly launcher?: readonly string[];
}

/** The built API, running as a process of its own. */
export interface RunningApi {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly baseUrl: string;
  readonly pid: number;
  /** Settles when it ends, with its exit code, or the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals>;
  /** What it has written so far to its standard output and standard error, line by line. */
  logLines(): readonly string[];
  /** Sends a signal, such as `SIGKILL` for a crash; await `exit` for its effect. */
  kill(signal: NodeJS.Signals): void;
  /**
   * Ends it with SIGTERM, or SIGKILL when that takes more than 15 s, and deletes the SQLite file
   * it was given by default; a second call does nothing.
   */
  stop(): Promise<void>;
}

/**
 * Starts the built API and answers when it is live.
 *
 * @throws ServerStartError when it does not start, with what it wrote.
 */
export async function startApi({
  env = {},
  launcher = [],
}: StartApiOptions = {}): Promise<RunningApi> {
  const folder = await temporaryFolder();
  const settings = {
    DATABASE_URL: `file:${folder.file('products.db')}`,
    HOST: '127.0.0.1',
    REDIS_URL: 'redis://127.0.0.1:1',
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
      await endGently(api);
      await folder.remove();
    },
  };
}

interface Launch extends Required<StartApiOptions> {
  readonly cwd: string;
  readonly baseUrl: string;
}

function launchApi({ env, launcher, cwd, baseUrl }: Launch): Promise<ServerProcess> {
  const main = fileURLToPath(new URL('../../../apps/api/dist/main.js', import.meta.url));
  const [program = process.execPath, ...args] = [...launcher, process.execPath, main];
  return startServerProcess({
    name: 'api',
    program,
    args,
    cwd,
    env: { ...testEnvironment().system, ...env },
    isReady: async () => (await fetch(`${baseUrl}/health/live`)).ok,
  });
}

async function endGently(api: ServerProcess): Promise<void> {
  // A process that hangs by SIGSTOP sees SIGTERM only when it goes on.
  api.signal('SIGCONT');
  api.signal('SIGTERM');
  const impatience = setTimeout(() => api.signal('SIGKILL'), 15_000);
  await api.exit;
  clearTimeout(impatience);
}
