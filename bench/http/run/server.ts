import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  eventually,
  freePort,
  type RedisServer,
  type ServerProcess,
  startRedis,
  startServerProcess,
  temporaryFolder,
} from '@product-api/testing';
import { copyCatalog } from '../catalog.js';
import type { ServerSpec } from '../experiment.js';
import { productId } from '../product.js';
import type { Scale } from '../scale.js';
import { fillRedis } from '../workloads.js';
import { type Cores, moveToCore, onCore } from './machine.js';

/** What all measurements share. */
export interface Bench {
  readonly scale: Scale;
  readonly cores: Cores;
  /** Whether wrk is installed. */
  readonly wrk: boolean;
  /** Receives a line for each step. */
  readonly onProgress: (text: string) => void;
}

/** A server under measurement, with a Redis, a database and a log file of its own. */
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
  /** Stops the server and its Redis, and deletes their files. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

/** Appends to the log, so that a server continues at its start after it was truncated. */
const LOG_TO_FILE = 'exec "$@" >>log 2>&1';

/**
 * Starts a server with a copy of the catalog and a Redis of its own, and waits for a response.
 *
 * @throws {Error} when the server does not respond, with the end of its log
 */
export async function startServer(spec: ServerSpec, bench: Bench): Promise<RunningServer> {
  const folder = await temporaryFolder();
  const redis = spec.redis === 'none' ? undefined : await startOwnRedis(spec, bench);
  if (spec.products !== 'none') {
    const products = spec.products === 'standard' ? bench.scale.products : spec.products;
    await copyCatalog(products, folder.file('catalog.db'));
  }
  const port = await freePort();
  const log = await open(folder.file('log'), 'a');
  const startedAt = performance.now();
  const server = await startProcess(spec, bench, folder.path, {
    PORT: String(port),
    ...(redis && { REDIS_URL: redis.url }),
    ...(spec.products !== 'none' && { DATABASE_URL: `file:${folder.file('catalog.db')}` }),
  });
  return {
    spec,
    pid: server.pid,
    port,
    redisUrl: redis?.url ?? '',
    startMs: performance.now() - startedAt,
    emptyLog: () => log.truncate(),
    async stop() {
      server.signal('SIGTERM');
      const timer = setTimeout(() => server.signal('SIGKILL'), STOP_TIMEOUT_MS);
      await server.exit;
      clearTimeout(timer);
      await redis?.stop();
      await log.close();
      await folder.remove();
    },
  };
}

async function startOwnRedis(spec: ServerSpec, { cores }: Bench): Promise<RedisServer> {
  const redis = await startRedis();
  if (spec.pinned) {
    await moveToCore(cores, cores.load, redis.pid);
  }
  if (spec.redis === 'filled') {
    await fillRedis(redis.url);
  }
  return redis;
}

async function startProcess(
  spec: ServerSpec,
  { cores }: Bench,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const node = [process.execPath, ...spec.nodeArguments, fileURLToPath(spec.program)];
  const command = onCore(cores, spec.pinned ? cores.server : undefined, node);
  const url = `http://127.0.0.1:${env['PORT']}/products/${productId(0)}`;
  return startServerProcess({
    name: 'sh',
    program: '/bin/sh',
    args: ['-c', LOG_TO_FILE, 'sh', ...command],
    cwd,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...spec.env, ...env },
    // Polls faster than startServerProcess would, because the time is measured.
    isReady: () =>
      eventually(() => fetch(url).then(() => true), {
        intervalMs: 2,
        timeoutMs: START_TIMEOUT_MS,
      }),
    timeoutMs: START_TIMEOUT_MS,
  }).catch(async (cause) => {
    const log = await readFile(join(cwd, 'log'), 'utf8');
    throw new Error(`${spec.name} did not start:\n${log.slice(-4096)}`, { cause });
  });
}
