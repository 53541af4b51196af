import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Cache } from '@product-api/cache';
import type { Product } from '@product-api/contract';
import { type Database, migrate, openDatabase, seedSamples } from '@product-api/database';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import type { Config } from './config.js';
import { drain } from './http/drain.js';
import { createHttpServer } from './http/http-server.js';
import { listen } from './http/listen.js';
import { openCache } from './open-cache.js';
import { withoutCredentials } from './without-credentials.js';

/** A service that takes requests. */
export interface RunningService {
  /** Where it listens. */
  readonly url: string;
  /** Ends it: no accepted request is lost, and database and cache are closed. Calling it again changes nothing. */
  stop(): Promise<void>;
}

/**
 * Brings the database up to date, opens it and the cache, and listens.
 * Redis need not be there: the service starts, and serves from the database meanwhile.
 */
export async function startService(config: Config, logger: Logger): Promise<RunningService> {
  const database = await prepareDatabase(config, logger);
  const cache = await openCache(config, logger, database);
  let stopping = false;
  const app = createApp(
    {
      database,
      cache,
      logger,
      clock: () => new Date(),
      monotonicClock: () => performance.now(),
      newId: randomUUID,
      isStopping: () => stopping,
    },
    { bodyLimitBytes: config.BODY_LIMIT_BYTES, corsOrigins: config.CORS_ORIGINS },
  );
  const server = createHttpServer(app);
  const url = await listen(server, config.PORT, config.HOST);
  logger.info(
    {
      api: `${url}/products`,
      docs: `${url}/docs`,
      redoc: `${url}/redoc`,
      database: withoutCredentials(config.DATABASE_URL),
      cache: config.REDIS_URL ? withoutCredentials(config.REDIS_URL) : 'in process',
    },
    'Product API is listening',
  );
  let stopped: Promise<void> | undefined;
  return {
    url,
    stop() {
      if (!stopping) logger.info('Product API is stopping');
      stopping = true;
      stopped ??= stopService({ server, database, cache, config });
      return stopped;
    },
  };
}

async function prepareDatabase(config: Config, logger: Logger): Promise<Database> {
  const url = config.DATABASE_URL;
  await migrate({ url, onApplied: (migration) => logger.info({ migration }, 'migration applied') });
  const database = await openDatabase({ url });
  if (config.SEED) {
    const samples = await seedSamples(database.client);
    if (samples > 0) logger.info({ samples }, 'sample products created');
  }
  return database;
}

interface Running {
  readonly server: Server;
  readonly database: Database;
  readonly cache: Cache<Product>;
  readonly config: Config;
}

async function stopService({ server, database, cache, config }: Running): Promise<void> {
  await drain(server, {
    delayMs: config.SHUTDOWN_DELAY_MS,
    timeoutMs: config.SHUTDOWN_TIMEOUT_MS,
  });
  await cache.close();
  await database.close();
}
