import { normalizeBaseUrl } from './base-url.js';
import type { ClientOptions } from './client-options.js';
import { createContractClient } from './contract-client.js';
import { createContractFetcher } from './contract-fetcher.js';
import { createProductOperations } from './create-product-operations.js';
import { createHealthOperations, type HealthOperations } from './health-operations.js';
import type { ProductOperations } from './product-operations.js';
import { retryPolicy } from './retry.js';

/** A client of the service. */
export interface Client {
  readonly products: ProductOperations;
  readonly health: HealthOperations;
}

/**
 * Creates a client. Sends nothing yet.
 *
 * @example
 * ```ts
 * const client = createClient({ baseUrl: 'http://localhost:8080', timeoutMs: 5000 });
 * const mouse = await client.products.get('3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b');
 * ```
 *
 * @throws {TypeError} when `baseUrl` is not an absolute http or https URL
 */
export function createClient(options: ClientOptions): Client {
  const { timeoutMs = 10_000, headers = {}, fetch = globalThis.fetch } = options;
  const fetcher = createContractFetcher({ fetch, timeoutMs, retry: retryPolicy(options.retry) });
  const routes = createContractClient(normalizeBaseUrl(options.baseUrl), headers, fetcher);
  return {
    products: createProductOperations(routes.products),
    health: createHealthOperations(routes.health),
  };
}
