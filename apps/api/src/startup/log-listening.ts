import { formatRedisAddress } from '@product-api/cache';
import { dialectOf, PROMPT_CONNECTIONS } from '@product-api/database';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { warnOfMissingLimits, warnOfOpenService } from './warn-of-open-service.js';
import { withoutCredentials } from './without-credentials.js';

/**
 * Logs the addresses of the service and its documents, its database and its cache, and warns if
 * everybody on the network can change the catalog.
 */
export function logListening(logger: Logger, config: Config, url: string, workers: number): void {
  logger.info(
    {
      api: `${url}/products`,
      ...(config.DOCS === 'on' && { docs: `${url}/docs`, redoc: `${url}/redoc` }),
      database: withoutCredentials(config.DATABASE_URL),
      cache: config.REDIS_URL ? formatRedisAddress(config.REDIS_URL) : 'in process',
      // For comparison with the server's max_connections.
      ...(dialectOf(config.DATABASE_URL) === 'postgresql' && {
        database_connections: workers * (config.DATABASE_POOL + PROMPT_CONNECTIONS),
      }),
      ...(workers > 1 && { workers }),
    },
    'Product API is listening',
  );
  warnOfOpenService(logger, config);
  warnOfMissingLimits(logger, config);
}
