import type { Logger } from 'pino';
import type { Config } from '../config/config.js';

/**
 * Decides how many processes serve. Left to the service, it is one for each core in production, else one.
 *
 * Without Redis it is always one: each process would have a cache of its own, and see another's writes
 * only with its next look at the change log, so that a read could be older than an acknowledged write.
 */
export function chooseWorkerCount(config: Config, logger: Logger, cores: number): number {
  const { WORKERS, NODE_ENV, REDIS_URL } = config;
  const automatic = NODE_ENV === 'production' ? cores : 1;
  const wanted = WORKERS === 'auto' ? automatic : WORKERS;
  if (wanted === 1 || REDIS_URL) {
    return wanted;
  }
  logger[WORKERS === 'auto' ? 'info' : 'warn'](
    { wanted },
    'serving with one process, as the cache is in it: set REDIS_URL to use more',
  );
  return 1;
}
