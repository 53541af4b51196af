import type { Readiness } from '@product-api/contract';
import { BusyDatabaseError, UnusableDatabaseError } from '@product-api/database';
import { DomainError } from '../errors.js';

/** The service cannot serve requests at present. The message says why. */
export class NotReadyError extends DomainError {
  override readonly name = 'NotReadyError';
  override readonly kind = 'service-unavailable';
}

/** The service cannot serve requests, and its log has said once why. */
class LoggedNotReadyError extends NotReadyError {
  override readonly isLogged = true;
}

/**
 * The state of a dependency, and for the operator, the reason if it is not `ok`, or if its promise
 * could be stronger.
 */
export interface Condition<State extends string> {
  readonly state: State;
  readonly reason?: string | undefined;
}

/** The dependencies of readiness. */
export interface HealthServiceOptions {
  /** Returns the condition of the database. Rejects while it cannot serve reads. */
  readonly databaseCondition: () => Promise<Condition<Readiness['database']>>;
  readonly cacheCondition: () => Condition<Readiness['cache']>;
  /** Whether the service is shutting down. */
  readonly isStopping: () => boolean;
}

/** Decides whether requests should be sent to this process. */
export class HealthService {
  readonly #options: HealthServiceOptions;

  constructor(options: HealthServiceOptions) {
    this.#options = options;
  }

  /**
   * Returns the readiness. A cache that cannot be used, or a database that refuses changes, only
   * degrades the service.
   *
   * @throws {NotReadyError} when requests cannot be served
   */
  async readiness(): Promise<Readiness> {
    const { databaseCondition, cacheCondition, isStopping } = this.#options;
    if (isStopping()) {
      throw new LoggedNotReadyError('The service is stopping');
    }
    const database = await databaseCondition().catch((cause: unknown) => {
      if (cause instanceof UnusableDatabaseError) {
        throw new LoggedNotReadyError(cause.message, { cause });
      }
      const isExplained = cause instanceof BusyDatabaseError;
      const reason = isExplained ? cause.message : 'The database does not respond';
      throw new NotReadyError(reason, { cause });
    });
    const cache = cacheCondition();
    const reasons = [database.reason, cache.reason].filter((reason) => reason !== undefined);
    return {
      status: database.state === 'ok' && cache.state === 'ok' ? 'ok' : 'degraded',
      database: database.state,
      cache: cache.state,
      ...(reasons.length > 0 && { reasons }),
    };
  }
}
