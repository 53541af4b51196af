import { checkedApiKey } from './http/api-key.js';
import { normalizeBaseUrl } from './http/base-url.js';
import { userAgent } from './http/user-agent.js';
import { type ApiKeyOperations, createApiKeyOperations } from './operations/api-key-operations.js';
import { type ChangeOperations, createChangeOperations } from './operations/change-operations.js';
import { createProductOperations } from './operations/create-product-operations.js';
import { createHealthOperations, type HealthOperations } from './operations/health-operations.js';
import type { ProductOperations } from './operations/product-operations.js';
import { createRequestOperation, type RequestOperation } from './operations/request-operation.js';
import { createStockOperations, type StockOperations } from './operations/stock-operations.js';
import type { ClientOptions } from './options/client-options.js';
import { defaultRetryPolicy } from './options/retry-options.js';
import { createTransport, type Transport } from './transport/transport.js';

/** A client of the service. */
export interface Client {
  readonly products: ProductOperations;
  readonly stock: StockOperations;
  readonly changes: ChangeOperations;
  readonly apiKeys: ApiKeyOperations;
  readonly health: HealthOperations;
  /**
   * Sends a request that no operation of the SDK makes, with the headers, time limits, retries and
   * errors of every other call.
   *
   * @example
   * ```ts
   * const document = await client.request({ path: '/openapi.json' });
   * ```
   */
  readonly request: RequestOperation;
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
 * @throws {TypeError} when `baseUrl` is missing or not an http or https URL, or `apiKey` is invalid
 */
export function createClient(options: ClientOptions): Client {
  const transport = openTransport(options ?? {});
  return {
    products: createProductOperations(transport),
    stock: createStockOperations(transport),
    changes: createChangeOperations(transport),
    apiKeys: createApiKeyOperations(transport),
    health: createHealthOperations(transport),
    request: createRequestOperation(transport),
  };
}

function openTransport(options: Partial<ClientOptions>): Transport {
  const { apiKey, timeoutMs = 10_000, attemptTimeoutMs = Number.POSITIVE_INFINITY } = options;
  const { onRequest, onResponse, onRetry } = options;
  return createTransport({
    baseUrl: normalizeBaseUrl(options.baseUrl),
    apiKey: apiKey === undefined || typeof apiKey === 'function' ? apiKey : checkedApiKey(apiKey),
    fetch: options.fetch ?? globalThis.fetch,
    timeoutMs,
    attemptTimeoutMs,
    headers: [defaultHeaders, userAgent(), options.headers ?? {}],
    retry: { ...defaultRetryPolicy, ...options.retry },
    hooks: { onRequest, onResponse, onRetry },
  });
}

const defaultHeaders = { accept: 'application/json, application/problem+json' };
