import type { CacheEvent, StoreEvent } from '@product-api/cache';
import type { Logger } from 'pino';

/** Logs what happens in the cache; what is part of its normal work, at level debug. */
export function logCacheEvent(logger: Logger, event: CacheEvent): void {
  switch (event.type) {
    case 'invalid-value':
      // The text stays out of the log: whoever could write it could write the log.
      logger.warn({ key: event.key }, 'invalid value in the cache: deleted');
      break;
    case 'stale-hit':
      logger.warn(event, 'stale value in the cache');
      break;
    case 'refresh-failed':
      logger.debug({ key: event.key, err: event.error }, 'cache refresh failed');
      break;
    case 'store-error':
      logger.debug({ operation: event.operation, key: event.key, err: event.error }, 'cache error');
      break;
    default:
      logger.debug(event, 'cache event');
  }
}

/** Logs what happens to the cache's store: one line for each change of state. */
export function logStoreEvent(logger: Logger, event: StoreEvent): void {
  switch (event.type) {
    case 'state':
      if (event.state === 'ready') logger.info('Redis is in use');
      else logger.warn({ reason: event.cause?.message }, 'Redis is bypassed');
      break;
    case 'near-tier':
      logger.info({ reason: event.cause?.message }, `Near tier is ${event.state}`);
      break;
    case 'connection-error':
      logger.debug({ err: event.error }, 'Redis connection error');
      break;
    case 'recovered':
      logger.info({ applied: event.applied, cleared: event.cleared }, 'Redis is up to date');
      break;
    case 'relayed':
      logger.debug({ applied: event.applied }, 'changes applied to the cache');
      break;
    case 'cleared':
      logger.warn({ reason: event.reason, keys: event.keys }, 'cache cleared');
      break;
    case 'change-log-error':
      logger.error({ err: event.error }, 'change log cannot be read: the cache may fall behind');
  }
}
