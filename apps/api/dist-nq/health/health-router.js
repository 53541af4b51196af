import { contract } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
/** Binds the contract's health routes to the service. */
export function healthRouter(service) {
    return initServer().router(contract.health, {
        health: async () => ({ status: 200, body: { status: 'ok' } }),
        live: async () => ({ status: 200, body: { status: 'ok' } }),
        ready: async () => ({ status: 200, body: await service.readiness() }),
    });
}
//# sourceMappingURL=health-router.js.map