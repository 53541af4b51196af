import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { eventually } from '../eventually.js';
import type { ServerAccount } from './server-account.js';

/** A server that runs as a child process. It ends at the latest when this process ends. */
export interface ServerProcess {
  readonly pid: number;
  /** The lines that it has written so far to its standard output and standard error. */
  readonly lines: readonly string[];
  /** Resolves when the process has ended, with its exit code or the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals>;
  /** Sends a signal; does nothing if the process has ended. */
  signal(signal: NodeJS.Signals): void;
}

/** The program of a server, and how to tell that it is ready. */
export interface ServerProcessOptions {
  /** The server's name in error messages, such as `'redis-server'`, and its `argv[0]`. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The user that runs the server. Default: the user of this process. */
  readonly account?: ServerAccount | undefined;
  /** Returns whether the process with this id takes requests. It is polled, and it may throw. */
  readonly isReady: (pid: number) => Promise<boolean>;
  /** Milliseconds after which a server that is not ready is killed. Default 60,000. */
  readonly timeoutMs?: number;
}

/** A server did not become ready; the message contains its output. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError';

  /** Whether the server's output says that another process uses its port. */
  readonly portWasTaken: boolean;

  constructor(server: string, state: 'ended' | 'not ready', lines: readonly string[]) {
    const what = state === 'ended' ? 'ended during its start' : 'started but did not become ready';
    const output = lines.join('\n');
    super(`${server} ${what}:\n${output}`);
    this.portWasTaken = /EADDRINUSE|address already in use|is in use on/i.test(output);
  }
}

/**
 * Starts a server and returns when it is ready.
 *
 * @throws {ServerStartError} when it ends, or is not ready in time; then it is killed.
 * @throws {Error} when the program cannot be run at all.
 */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { name, isReady, timeoutMs = 60_000 } = options;
  const server = await spawnServer(options);
  let ended = false;
  const exit = server.exit.finally(() => {
    ended = true;
  });

  const state = await eventually(
    async () => (ended ? 'ended' : (await isReady(server.pid)) && 'ready'),
    { timeoutMs },
  ).catch(() => 'not ready' as const);
  if (state !== 'ready') {
    server.signal('SIGKILL');
    await exit;
    throw new ServerStartError(name, state, server.lines);
  }
  return server;
}

async function spawnServer(options: ServerProcessOptions): Promise<ServerProcess> {
  const { name, program, args, cwd, env, account } = options;
  // Some programs have several names, and behave as the name in `argv[0]` says.
  const child = spawn(program, args, {
    argv0: name,
    cwd,
    env,
    ...account,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await once(child, 'spawn');
  return {
    // A child process that has been spawned has an id.
    pid: child.pid as number,
    lines: collectLines(child),
    exit: exitOf(child),
    signal: (signal) => {
      child.kill(signal);
    },
  };
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function exitOf(child: Child): Promise<number | NodeJS.Signals> {
  const killWithParent = () => child.kill('SIGKILL');
  process.once('exit', killWithParent);
  return new Promise((resolve) => {
    // `close` follows `exit` when all output has been read.
    child.once('close', (code, signal) => {
      process.off('exit', killWithParent);
      resolve(signal ?? code ?? 0);
    });
  });
}

function collectLines(child: Child): readonly string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  return lines;
}
