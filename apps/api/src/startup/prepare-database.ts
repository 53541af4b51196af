import {
  type Database,
  indexProducts,
  migrate,
  openDatabase,
  seedSamples,
} from '@product-api/database';
import type { Logger } from 'pino';
import { ApiKeyRepository } from '../api-keys/api-key-repository.js';
import type { Config } from '../config/config.js';
import { logDatabaseCondition } from '../logging/database-log.js';
import { requireFirstKey } from './require-first-key.js';

/** Milliseconds between two lines of the log while products are indexed. */
const PROGRESS_MS = 5000;

/**
 * Migrates the database, opens it, adds sample products to an empty catalog if SEED is set, and
 * indexes the products that the text search does not have.
 *
 * @throws {NoApiKeyError} when requests need a key and there is none
 */
export async function prepareDatabase(config: Config, logger: Logger): Promise<Database> {
  const url = config.DATABASE_URL;
  await migrate({ url, onApplied: (migration) => logger.info({ migration }, 'migration applied') });
  const database = await openPreparedDatabase(config, logger);
  await requireFirstKey(config, new ApiKeyRepository(database), logger);
  if ((await database.check()).state !== 'ok') {
    return database;
  }
  if (config.SEED) {
    const samples = await seedSamples(database);
    if (samples > 0) {
      logger.info({ samples }, 'sample products created');
    }
  }
  await indexMarkedProducts(database, logger);
  return database;
}

/**
 * Indexes some 20,000 products a second. Searches would not find them before. If the database
 * refuses it, the service serves nevertheless, and goes on with it by itself.
 */
async function indexMarkedProducts(database: Database, logger: Logger): Promise<void> {
  let loggedAt = performance.now();
  await indexProducts(database, {
    optimize: true,
    onProgress(products) {
      if (performance.now() - loggedAt >= PROGRESS_MS) {
        loggedAt = performance.now();
        logger.info({ products }, 'products indexed for the search, more to come');
      }
    },
  }).catch((error: unknown) => {
    if (database.failureOf(error) === undefined) {
      throw error;
    }
    logger.warn({ err: error }, 'not all products are indexed for the search yet');
  });
}

/** Opens a database that `prepareDatabase` has migrated, and logs changes of its condition. */
export function openPreparedDatabase(config: Config, logger: Logger): Promise<Database> {
  return openDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL,
    onCondition: (condition) => logDatabaseCondition(logger, condition),
  });
}
