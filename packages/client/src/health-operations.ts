import type { Readiness } from '@product-api/contract';
import type { CallOptions } from './client-options.js';
import type { ContractClient } from './contract-client.js';

/** Health checks. They are not retried: a monitor needs the first response. */
export interface HealthOperations {
  /** Returns while the process of the service runs. */
  live(options?: CallOptions): Promise<{ status: 'ok' }>;
  /**
   * Returns the condition of the database and the cache, while the service can handle requests.
   *
   * @example
   * ```ts
   * const { status, reasons } = await client.health.ready({ timeoutMs: 1000 });
   * if (status === 'degraded') {
   *   console.warn(reasons);
   * }
   * ```
   *
   * @throws {ServerError} when the service cannot handle requests
   */
  ready(options?: CallOptions): Promise<Readiness>;
}

/** Creates the health checks from the contract's routes. */
export function createHealthOperations(routes: ContractClient['health']): HealthOperations {
  const retried = false;
  return {
    live: async (options) => (await routes.live({ call: { ...options, retried } })).body,
    ready: async (options) => (await routes.ready({ call: { ...options, retried } })).body,
  };
}
