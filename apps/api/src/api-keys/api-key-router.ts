import { contract } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import type { RequestHandler, Response } from 'express';
import { UnauthorizedError } from '../http/access/access-errors.js';
import { requireKnownFields } from '../http/body/known-fields.js';
import type { ApiKeyService } from './api-key-service.js';

/** Options of the routes of keys. */
export interface ApiKeyRouterOptions {
  /** Middleware that parses a bounded JSON body. */
  readonly jsonBody: RequestHandler;
}

/** Binds the contract's routes of API keys to the service. */
export function apiKeyRouter(service: ApiKeyService, { jsonBody }: ApiKeyRouterOptions) {
  return initServer().router(contract.apiKeys, {
    create: {
      middleware: [jsonBody, requireKnownFields(contract.apiKeys.create)],
      handler: async ({ body, res }) => {
        keepOutOfCaches(res);
        return { status: 201, body: await service.create(body) };
      },
    },
    list: async () => ({ status: 200, body: await service.list() }),
    self: async ({ req }) => {
      const own = req.apiKeyId === undefined ? undefined : service.own(req.apiKeyId);
      if (own === undefined) {
        throw new UnauthorizedError('invalid-key');
      }
      return { status: 200, body: own };
    },
    revoke: async ({ params }) => {
      await service.revoke(params.id);
      return { status: 204, body: undefined };
    },
    rotate: {
      middleware: [jsonBody, requireKnownFields(contract.apiKeys.rotate)],
      handler: async ({ params, body, res }) => {
        keepOutOfCaches(res);
        return { status: 201, body: await service.rotate(params.id, body) };
      },
    },
  });
}

/** No cache may keep a response with a secret. */
function keepOutOfCaches(response: Response): void {
  response.setHeader('Cache-Control', 'no-store');
}
