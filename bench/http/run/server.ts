import { readFile, truncate } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  eventually,
  freePort,
  startRedis,
  startServerProcess,
  temporaryFolder,
} from '@product-api/testing';
import type { Catalogs } from '../catalogs/catalogs.js';
import { fillRedis } from '../catalogs/fill-redis.js';
import type { Target } from '../experiment.js';
import { productId } from '../product.js';
import type { Round } from '../results.js';
import type { Scale } from '../scale.js';
import type { ServerSpec } from '../servers.js';
import { cpuMicros, LOAD_CORE, moveToCore, onCore, SERVER_CORE } from './machine.js';

/** What all measurements share. */
export interface Bench {
  readonly scale: Scale;
  /** Whether processes can be pinned to cores. */
  readonly pinned: boolean;
  readonly catalogs: Catalogs;
  /** Receives a line for each step. */
  readonly onProgress: (text: string) => void;
}

/** Processor times in microseconds, as a round has them for each request. */
export type ProcessorTimes = Required<Pick<Round, 'cpuMicros' | 'databaseMicros' | 'redisMicros'>>;

/** A server under measurement, with a Redis, a database and a log file of its own. */
export interface RunningServer extends Target {
  readonly pid: number;
  /** The core of Redis, and of the load generator; undefined for any. */
  readonly core: number | undefined;
  /** Milliseconds from the start of the process to its first response. */
  readonly startMs: number;
  /** Reads what the server, its database server and its Redis have used so far; NaN if unknown. */
  processorTimes(): Promise<ProcessorTimes>;
  /** Returns the last lines of the log that are not about a successful request. */
  lastFaults(): Promise<string>;
  /** Truncates the log file, because a benchmark writes gigabytes. */
  emptyLog(): Promise<void>;
  /** Stops the server and its Redis, and deletes their files. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/** The lines of the log that explain an error response. */
const FAULTS = 5;

/** Appends to the log, so that a server continues at its start after it was truncated. */
const LOG_TO_FILE = 'exec "$@" >>log 2>&1';

/**
 * Starts a server with a copy of the catalog and a Redis of its own, and waits for a response.
 *
 * @throws {Error} when the server does not respond, with the end of its log
 */
export async function startServer(spec: ServerSpec, bench: Bench): Promise<RunningServer> {
  const { path: cwd, file, remove } = await temporaryFolder();
  const pinned = bench.pinned && !spec.anyCores;
  const core = pinned ? LOAD_CORE : undefined;
  const redis = spec.redis === 'none' ? undefined : await startOwnRedis(spec, core);
  const products = spec.products ?? bench.scale.products;
  const catalog = await bench.catalogs.copy(spec.dialect ?? 'sqlite', products);
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const { node = process.execPath, nodeArguments = [], env } = spec;
  const command = [node, ...nodeArguments, fileURLToPath(spec.program)];
  const startedAt = performance.now();
  const server = await startServerProcess({
    name: 'sh',
    program: '/bin/sh',
    args: ['-c', LOG_TO_FILE, 'sh', ...onCore(pinned ? SERVER_CORE : undefined, command)],
    cwd,
    env: {
      ...{ PATH: process.env['PATH'], NODE_ENV: 'production', ...env, PORT: port },
      ...{ DATABASE_URL: catalog.url, ...(redis && { REDIS_URL: redis.url }) },
    },
    isReady: () => responds(`${url}/products/${productId(0)}`),
    timeoutMs: START_TIMEOUT_MS,
  }).catch(async (cause) => {
    const log = await readFile(file('log'), 'utf8');
    throw new Error(`${spec.program} did not start:\n${log.slice(-4096)}`, { cause });
  });
  return {
    ...{ pid: server.pid, url, redisUrl: redis?.url ?? '', core },
    startMs: performance.now() - startedAt,
    processorTimes: async () => ({
      cpuMicros: await cpuMicros(server.pid),
      databaseMicros: await catalog.serverMicros(),
      redisMicros: redis ? await cpuMicros(redis.pid) : Number.NaN,
    }),
    async lastFaults() {
      const lines = (await readFile(file('log'), 'utf8')).split('\n');
      const faults = lines.filter((line) => !/"status(Code)?":[123]/.test(line));
      return faults.slice(-FAULTS).join('\n');
    },
    emptyLog: () => truncate(file('log')),
    async stop() {
      server.signal('SIGTERM');
      await server.exit;
      await redis?.stop();
      await catalog.remove();
      await remove();
    },
  };
}

async function startOwnRedis(spec: ServerSpec, core: number | undefined) {
  const redis = await startRedis();
  if (core !== undefined) {
    await moveToCore(core, redis.pid);
  }
  if (spec.redis === 'filled') {
    await fillRedis(redis.url);
  }
  return redis;
}

/** Polls faster than startServerProcess would, because the time is measured. */
function responds(url: string): Promise<boolean> {
  const attempt = () => fetch(url).then(() => true);
  return eventually(attempt, { intervalMs: 2, timeoutMs: START_TIMEOUT_MS });
}
