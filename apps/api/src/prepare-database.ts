import { type Database, migrate, openDatabase, seedSamples } from '@product-api/database';
import type { Logger } from 'pino';
import type { Config } from './config.js';

/** Brings the database up to date, opens it, and gives an empty catalog its samples where that is wanted. */
export async function prepareDatabase(config: Config, logger: Logger): Promise<Database> {
  const url = config.DATABASE_URL;
  await migrate({ url, onApplied: (migration) => logger.info({ migration }, 'migration applied') });
  const database = await openDatabase({ url });
  if (config.SEED) {
    const samples = await seedSamples(database.client);
    if (samples > 0) logger.info({ samples }, 'sample products created');
  }
  return database;
}
