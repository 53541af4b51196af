import { type Liveness, type Readiness, routes } from '../generated/contract.js';
import type { CallOptions } from '../options/call-options.js';
import { successReader } from '../responses/read-success.js';
import type { Transport } from '../transport/transport.js';
import type { ApiCall } from './api-call.js';
import { sendToRoute } from './send-to-route.js';
import { startCall } from './start-call.js';

/**
 * Health checks. They are not retried, and do not wait after a 429 of another call: a monitor needs
 * the first response.
 */
export interface HealthOperations {
  /** Returns while the process of the service runs. */
  live(options?: CallOptions): ApiCall<Liveness>;
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
  ready(options?: CallOptions): ApiCall<Readiness>;
}

/** Creates the health checks from the contract's routes. */
export function createHealthOperations(transport: Transport): HealthOperations {
  const { live, ready } = routes.health;
  const retriedAfter = 'nothing';
  return {
    live: (options = {}) =>
      startCall(sendToRoute(transport, live, { options, retriedAfter }), successReader(live)),
    ready: (options = {}) =>
      startCall(sendToRoute(transport, ready, { options, retriedAfter }), successReader(ready)),
  };
}
