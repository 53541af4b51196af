import { contract } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import type { HealthService } from './health-service.js';

/** Binds the contract's health routes to the service. */
export function healthRouter(service: HealthService) {
  return initServer().router(contract.health, {
    health: async () => ({ status: 200, body: { status: 'ok' } }),
    live: async () => ({ status: 200, body: { status: 'ok' } }),
    ready: async () => ({ status: 200, body: await service.readiness() }),
  });
}
