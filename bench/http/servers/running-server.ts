import { constants, copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  freePort,
  type RedisServer,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { catalogFile } from '../catalog/catalog-file.js';
import { productId } from '../catalog/product.js';
import type { Laboratory } from '../laboratory.js';
import { moveToCore, onCore } from '../machine/cores.js';
import { fillRedis } from './fill-redis.js';
import { type LogFile, openLogFile } from './log-file.js';
import { launchServer, type ServerProcess } from './server-process.js';
import type { ServerSpec } from './server-spec.js';

/** A server under measurement, with what it stands on. */
export interface RunningServer {
  readonly spec: ServerSpec;
  readonly pid: number;
  readonly port: number;
  /** Empty where it has none. */
  readonly redisUrl: string;
  readonly startMs: number;
  readonly folder: TemporaryFolder;
  readonly log: LogFile;
  /** Ends it and starts it again on the same database and Redis. */
  restart(): Promise<RunningServer>;
  /** Ends it and deletes its files. */
  stop(): Promise<void>;
}

/**
 * Starts a server in a folder of its own, with a copy of the catalog and a redis-server where its
 * specification says so.
 */
export async function startServer(spec: ServerSpec, lab: Laboratory): Promise<RunningServer> {
  const folder = await temporaryFolder();
  const redis = spec.redis === 'none' ? undefined : await startOwnRedis(spec, lab);
  await copyCatalog(spec, lab, folder);
  const log = await openLogFile(folder.file('log'));
  return launch({ spec, lab, folder, redis, log });
}

/** The path of a server's database. */
export function databasePath(folder: TemporaryFolder): string {
  return folder.file('catalog.db');
}

interface Site {
  readonly spec: ServerSpec;
  readonly lab: Laboratory;
  readonly folder: TemporaryFolder;
  readonly redis: RedisServer | undefined;
  readonly log: LogFile;
}

async function launch(site: Site): Promise<RunningServer> {
  const { spec, folder, redis, log } = site;
  const server = await launchServer({
    name: spec.name,
    command: commandOf(site),
    cwd: folder.path,
    env: environmentOf(site),
    port: await freePort(),
    log,
    firstPath: `/products/${productId(0)}`,
  });
  return {
    spec,
    pid: server.pid,
    port: server.port,
    redisUrl: redis?.url ?? '',
    startMs: server.startMs,
    folder,
    log,
    restart: async () => {
      await server.stop();
      return launch(site);
    },
    stop: () => clearAway(site, server),
  };
}

async function clearAway({ folder, redis, log }: Site, server: ServerProcess): Promise<void> {
  try {
    await server.stop();
  } finally {
    await redis?.stop();
    await log.close();
    await folder.remove();
  }
}

function commandOf({ spec, lab }: Site): readonly [string, ...string[]] {
  const core = spec.pinned ? lab.cores.server : undefined;
  const program = fileURLToPath(spec.program);
  return onCore(lab.cores, core, [process.execPath, ...spec.nodeArguments, program]);
}

function environmentOf({ spec, folder, redis }: Site): Record<string, string> {
  return {
    ...spec.env,
    ...(redis && { REDIS_URL: redis.url }),
    ...(spec.products !== 'none' && { DATABASE_URL: `file:${databasePath(folder)}` }),
  };
}

async function startOwnRedis(spec: ServerSpec, lab: Laboratory): Promise<RedisServer> {
  const redis = await startRedis();
  if (spec.pinned) {
    await moveToCore(lab.cores, lab.cores.load, redis.pid);
  }
  if (spec.redis === 'filled') {
    await fillRedis(redis.url);
  }
  return redis;
}

async function copyCatalog(spec: ServerSpec, lab: Laboratory, folder: TemporaryFolder) {
  if (spec.products === 'none') {
    return;
  }
  const products = spec.products === 'standard' ? lab.scale.products : spec.products;
  const source = await catalogFile(products);
  await copyFile(source, databasePath(folder), constants.COPYFILE_FICLONE);
}
