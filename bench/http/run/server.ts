import { open, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  eventually,
  freePort,
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
  const redis = spec.redis === 'none' ? undefined : await startRedis();
  if (redis && spec.pinned) {
    await moveToCore(bench.cores, bench.cores.load, redis.pid);
  }
  if (redis && spec.redis === 'filled') {
    await fillRedis(redis.url);
  }
  const databaseUrl = `file:${folder.file('catalog.db')}`;
  if (spec.products !== 'none') {
    const products = spec.products === 'standard' ? bench.scale.products : spec.products;
    await copyCatalog(products, folder.file('catalog.db'));
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/products/${productId(0)}`;
  const log = await open(folder.file('log'), 'a');
  const core = spec.pinned ? bench.cores.server : undefined;
  const node = [process.execPath, ...spec.nodeArguments, fileURLToPath(spec.program)];
  const startedAt = performance.now();
  const server = await startServerProcess({
    name: 'sh',
    program: '/bin/sh',
    args: ['-c', LOG_TO_FILE, 'sh', ...onCore(bench.cores, core, node)],
    cwd: folder.path,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      ...spec.env,
      ...(redis && { REDIS_URL: redis.url }),
      ...(spec.products !== 'none' && { DATABASE_URL: databaseUrl }),
      PORT: String(port),
    },
    isReady: () => eventually(() => fetch(url).then(() => true), { intervalMs: 2 }),
  }).catch(async (cause) => {
    const text = await readFile(folder.file('log'), 'utf8');
    throw new Error(`${spec.name} did not start:\n${text.slice(-4096)}`, { cause });
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
