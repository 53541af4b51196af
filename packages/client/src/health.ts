import type { Readiness } from '@product-api/contract';
import type { CallOptions } from './client-options.js';
import type { ContractClient } from './contract-client.js';

/** What monitors ask. Nothing here is retried: the first answer is the one that matters. */
export interface HealthOperations {
  /** Returns while the service runs. */
  live(options?: CallOptions): Promise<{ status: 'ok' }>;
  /**
   * Tells whether requests can be served, and whether the cache takes part.
   *
   * @throws ServerError when they cannot.
   */
  ready(options?: CallOptions): Promise<Readiness>;
}

/** Makes the health operations from the contract's routes. */
export function healthOperations(routes: ContractClient['health']): HealthOperations {
  const retried = false;
  return {
    live: async (options) => (await routes.live({ call: { ...options, retried } })).body,
    ready: async (options) => (await routes.ready({ call: { ...options, retried } })).body,
  };
}
