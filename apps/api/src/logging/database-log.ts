import type { DatabaseCondition } from '@product-api/database';
import type { Logger } from 'pino';

/** Logs a new condition of the database, with what to do. */
export function logDatabaseCondition(logger: Logger, condition: DatabaseCondition): void {
  switch (condition.state) {
    case 'ok':
      logger.info('the database takes changes again');
      break;
    case 'read-only':
      logger.warn({ reason: condition.reason }, 'the database refuses changes');
      break;
    case 'full':
      logger.error({ reason: condition.reason }, 'the database refuses changes');
      break;
    case 'unusable':
      logger.error({ reason: condition.reason }, 'the database cannot be used');
  }
}
