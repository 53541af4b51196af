import { type Database, migrate, openDatabase, seedSamples } from '@product-api/database';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { logDatabaseCondition } from '../logging/database-log.js';

/** Migrates the database, opens it, and adds sample products to an empty catalog if SEED is set. */
export async function prepareDatabase(config: Config, logger: Logger): Promise<Database> {
  const url = config.DATABASE_URL;
  await migrate({ url, onApplied: (migration) => logger.info({ migration }, 'migration applied') });
  const database = await openPreparedDatabase(config, logger);
  if (config.SEED && (await database.check()).state === 'ok') {
    const samples = await seedSamples(database);
    if (samples > 0) {
      logger.info({ samples }, 'sample products created');
    }
  }
  return database;
}

/** Opens a database that `prepareDatabase` has migrated, and logs changes of its condition. */
export function openPreparedDatabase(config: Config, logger: Logger): Promise<Database> {
  return openDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL,
    onCondition: (condition) => logDatabaseCondition(logger, condition),
  });
}
