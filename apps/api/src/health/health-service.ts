import type { Readiness } from '@product-api/contract';
import { NotReadyError } from './not-ready-error.js';

/** What readiness depends on. */
export interface HealthServiceOptions {
  /** Resolves while the database answers. */
  readonly pingDatabase: () => Promise<void>;
  readonly cacheState: () => 'ready' | 'bypassed';
  /** Whether the service is on its way down. */
  readonly isStopping: () => boolean;
}

/** Tells whether requests should be sent to this process. */
export class HealthService {
  readonly #options: HealthServiceOptions;

  constructor(options: HealthServiceOptions) {
    this.#options = options;
  }

  /**
   * A cache that can't be used degrades the service but does not stop it.
   * @throws NotReadyError while requests would not be served
   */
  async readiness(): Promise<Readiness> {
    const { pingDatabase, cacheState, isStopping } = this.#options;
    if (isStopping()) throw new NotReadyError('The service is stopping');
    try {
      await pingDatabase();
    } catch (cause) {
      throw new NotReadyError('The database does not answer', { cause });
    }
    const cached = cacheState() === 'ready';
    return {
      status: cached ? 'ok' : 'degraded',
      database: 'ok',
      cache: cached ? 'ok' : 'bypassed',
    };
  }
}
