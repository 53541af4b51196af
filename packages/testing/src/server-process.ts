import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { eventually } from './eventually.js';
import { ServerStartError } from './server-start-error.js';

/** A server running as a child process, which ends at the latest together with this process. */
export interface ServerProcess {
  readonly pid: number;
  /** What it has written so far to its standard output and standard error, line by line. */
  readonly lines: readonly string[];
  /** Settles when it ends, with its exit code, or the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals>;
  /** Sends a signal; does nothing if it has ended. */
  signal(signal: NodeJS.Signals): void;
}

/** What to run, and how to tell that it is ready. */
export interface ServerProcessOptions {
  /** What an error calls it, such as `'redis-server'`. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Asked again and again: whether the server with this process id takes requests. May throw. */
  readonly isReady: (pid: number) => Promise<boolean>;
  /** Milliseconds after which it is killed if it is not ready. Default 20,000. */
  readonly timeoutMs?: number;
}

/**
 * Starts a server and answers when it is ready.
 *
 * @throws ServerStartError when it ends instead, or is not ready in time; it is killed then.
 * @throws Error when the program cannot be run at all.
 */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { name, isReady, timeoutMs = 20_000 } = options;
  const server = await spawnServer(options);
  let ended = false;
  const exit = server.exit.finally(() => {
    ended = true;
  });

  const state = await eventually(
    async () => (ended ? 'ended' : (await isReady(server.pid)) && 'ready'),
    { timeoutMs },
  ).catch(() => 'silent' as const);
  if (state !== 'ready') {
    server.signal('SIGKILL');
    await exit;
    throw new ServerStartError(name, state, server.lines);
  }
  return server;
}

async function spawnServer(options: ServerProcessOptions): Promise<ServerProcess> {
  const { name, program, args, cwd, env } = options;
  // Under its own name: a program may have several, and do what the one it is called by says.
  const child = spawn(program, args, { argv0: name, cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  await once(child, 'spawn');

  const killWithParent = () => child.kill('SIGKILL');
  process.once('exit', killWithParent);
  // `close` rather than `exit`: by then every line that it wrote has been read.
  const exit = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => {
      process.off('exit', killWithParent);
      resolve(signal ?? code ?? 0);
    });
  });

  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  return {
    // A child process that has been spawned has an id.
    pid: child.pid as number,
    lines,
    exit,
    signal: (signal) => {
      child.kill(signal);
    },
  };
}
