import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  eventually,
  freePort,
  type RedisServer,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { copyCatalog } from '../catalog.js';
import type { ServerSpec } from '../experiment.js';
import { productId } from '../product.js';
import { fillRedis } from '../workloads.js';
import type { Bench } from './bench.js';
import { moveToCore, onCore } from './machine.js';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

/** A server under measurement, with its Redis, its database and its log file. */
export interface RunningServer {
  readonly spec: ServerSpec;
  readonly pid: number;
  readonly port: number;
  /** Empty if it has no Redis. */
  readonly redisUrl: string;
  /** Milliseconds from the start of the process to its first response. */
  readonly startMs: number;
  /** Truncates the log file, because a benchmark writes gigabytes. */
  emptyLog(): Promise<void>;
  /** Stops the server and starts it again with the same database and Redis. */
  restart(): Promise<RunningServer>;
  /** Stops the server and its Redis, and deletes their files. */
  stop(): Promise<void>;
}

/**
 * Starts a server with a copy of the catalog and a Redis of its own, and waits for a response.
 *
 * @throws {Error} when the server ends, or does not respond within a minute
 */
export async function startServer(spec: ServerSpec, bench: Bench): Promise<RunningServer> {
  const folder = await temporaryFolder();
  const redis = spec.redis === 'none' ? undefined : await startRedis();
  if (redis && spec.pinned) {
    await moveToCore(bench.cores, bench.cores.load, redis.pid);
  }
  if (redis && spec.redis === 'filled') {
    await fillRedis(redis.url);
  }
  if (spec.products !== 'none') {
    const products = spec.products === 'standard' ? bench.scale.products : spec.products;
    await copyCatalog(products, folder.file('catalog.db'));
  }
  // Servers append to the log, so that they continue at its start after it was truncated.
  const log = await open(folder.file('log'), 'a');
  return launch({ spec, bench, folder, redis, log });
}

interface Setup {
  readonly spec: ServerSpec;
  readonly bench: Bench;
  readonly folder: TemporaryFolder;
  readonly redis: RedisServer | undefined;
  readonly log: FileHandle;
}

async function launch(setup: Setup): Promise<RunningServer> {
  const { spec, folder, redis, log } = setup;
  const port = await freePort();
  const startedAt = performance.now();
  const child = await spawnServer(setup, port);
  const failed = async (what: string) => {
    const text = await readFile(folder.file('log'), 'utf8');
    return new Error(`${spec.name} ${what}:\n${text.slice(-4096)}`);
  };
  const url = `http://127.0.0.1:${port}/products/${productId(0)}`;
  const responded = await eventually(
    async () => hasEnded(child) || (await (await fetch(url)).arrayBuffer()) !== undefined,
    { timeoutMs: START_TIMEOUT_MS, intervalMs: 2 },
  ).catch(() => false);
  const startMs = performance.now() - startedAt;
  const end = async () => {
    const endedItself = hasEnded(child);
    await endProcess(child);
    if (endedItself) {
      throw await failed('ended by itself');
    }
  };
  const stop = async () => {
    try {
      await end();
    } finally {
      await redis?.stop();
      await log.close();
      await folder.remove();
    }
  };
  if (!responded) {
    const error = await failed('did not start');
    await stop();
    throw error;
  }
  return {
    spec,
    // A process that was spawned has an id.
    pid: child.pid as number,
    port,
    redisUrl: redis?.url ?? '',
    startMs,
    emptyLog: () => log.truncate(),
    async restart() {
      await end();
      return launch(setup);
    },
    stop,
  };
}

async function spawnServer({ spec, bench, folder, redis, log }: Setup, port: number) {
  const core = spec.pinned ? bench.cores.server : undefined;
  const node = [process.execPath, ...spec.nodeArguments, fileURLToPath(spec.program)] as const;
  const [program, ...args] = onCore(bench.cores, core, node);
  const child = spawn(program, args, {
    cwd: folder.path,
    env: {
      PATH: process.env['PATH'],
      ...spec.env,
      ...(redis && { REDIS_URL: redis.url }),
      ...(spec.products !== 'none' && { DATABASE_URL: `file:${folder.file('catalog.db')}` }),
      PORT: String(port),
    },
    stdio: ['ignore', log.fd, log.fd],
  });
  await once(child, 'spawn');
  const killWithParent = () => child.kill('SIGKILL');
  process.once('exit', killWithParent);
  child.once('exit', () => process.off('exit', killWithParent));
  return child;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) {
    return;
  }
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exit;
  clearTimeout(timer);
}
