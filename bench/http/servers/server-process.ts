import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '@product-api/testing';
import type { LogFile } from './log-file.js';
import { ServerFailedError } from './server-failed-error.js';

/** A server that takes requests. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** Milliseconds from its start to its first answer, whatever that was. */
  readonly startMs: number;
  stop(): Promise<void>;
}

/** What to run. */
export interface Launch {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  readonly log: LogFile;
  /** Asked for until it is answered: then the server is ready. */
  readonly firstPath: string;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 20_000;
const lookIntervalMs = 2;

/**
 * Starts a server and waits until it answers. It ends together with this process at the latest.
 *
 * @throws ServerFailedError when it ends instead, or does not answer within a minute
 */
export async function launchServer(launch: Launch): Promise<ServerProcess> {
  const { name, log, port, firstPath } = launch;
  const startedAt = performance.now();
  const child = await spawnServer(launch);
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const url = `http://127.0.0.1:${port}${firstPath}`;
  const answered = await eventually(
    async () => ended() || (await (await fetch(url)).arrayBuffer()) !== undefined,
    { timeoutMs: startTimeoutMs, intervalMs: lookIntervalMs },
  ).catch(() => false);
  const startMs = performance.now() - startedAt;
  if (ended() || !answered) {
    await stop(child);
    throw new ServerFailedError(name, 'did not start', await log.end());
  }
  return {
    // A process that was spawned has an id.
    pid: child.pid as number,
    port,
    startMs,
    async stop() {
      const failed = ended();
      await stop(child);
      if (failed) {
        throw new ServerFailedError(name, 'ended by itself', await log.end());
      }
    },
  };
}

async function spawnServer({ command, cwd, env, port, log }: Launch): Promise<ChildProcess> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env['PATH'], ...env, PORT: String(port) },
    stdio: ['ignore', log.fd, log.fd],
  });
  await once(child, 'spawn');
  const killWithParent = () => child.kill('SIGKILL');
  process.once('exit', killWithParent);
  child.once('exit', () => process.off('exit', killWithParent));
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await exit;
  clearTimeout(impatience);
}
