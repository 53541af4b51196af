import { contract } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import type { RequestHandler } from 'express';
import { entityTag, ifMatchHolds } from '../http/entity-tag.js';
import { answerFromCache } from './answer-from-cache.js';
import type { Precondition, ProductService } from './product-service.js';

/** Binds the contract's product routes to the service. */
export function productRouter(service: ProductService, jsonBody: RequestHandler) {
  return initServer().router(contract.products, {
    get: {
      middleware: [answerFromCache(service)],
      handler: async ({ params, res }) => {
        const { source, value } = await service.load(params.id);
        res.setHeader('X-Cache', source.toUpperCase());
        return { status: 200, body: value };
      },
    },
    create: {
      middleware: [jsonBody],
      handler: async ({ body, res }) => {
        const product = await service.create(body);
        res.setHeader('Location', `/products/${product.id}`);
        return { status: 201, body: product };
      },
    },
    update: {
      middleware: [jsonBody],
      handler: async ({ params, body, headers }) => {
        const product = await service.update(params.id, body, precondition(headers['if-match']));
        return { status: 200, body: product };
      },
    },
    delete: async ({ params, headers }) => {
      await service.delete(params.id, precondition(headers['if-match']));
      return { status: 204, body: undefined };
    },
    list: async ({ query }) => ({ status: 200, body: await service.list(query) }),
  });
}

function precondition(ifMatch: string | undefined): Precondition | undefined {
  if (ifMatch === undefined) return undefined;
  return (current) => ifMatchHolds(ifMatch, entityTag(JSON.stringify(current)));
}
