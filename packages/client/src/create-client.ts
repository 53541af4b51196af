import { normalizeBaseUrl } from './base-url.js';
import type { ClientOptions } from './client-options.js';
import { createContractClient } from './contract-client.js';
import { createContractFetcher } from './contract-fetcher.js';
import { type HealthOperations, healthOperations } from './health.js';
import type { ProductOperations } from './product-operations.js';
import { productOperations } from './products.js';
import { retryPolicy } from './retry.js';

/** The service, as functions. */
export interface Client {
  readonly products: ProductOperations;
  readonly health: HealthOperations;
}

/**
 * Makes a client; nothing is sent yet.
 *
 * @throws TypeError when `baseUrl` is no absolute http or https URL.
 */
export function createClient(options: ClientOptions): Client {
  const { timeoutMs = 10_000, headers = {}, fetch = globalThis.fetch } = options;
  const fetcher = createContractFetcher({ fetch, timeoutMs, retry: retryPolicy(options.retry) });
  const routes = createContractClient(normalizeBaseUrl(options.baseUrl), headers, fetcher);
  return {
    products: productOperations(routes.products),
    health: healthOperations(routes.health),
  };
}
