import { contract } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import type { RequestHandler } from 'express';
import { entityTag, ifMatchHolds } from '../http/entity-tag.js';
import { sendJsonText } from '../http/send-json.js';
import type { Precondition, ProductService } from './product-service.js';

/** Binds the contract's product routes to the service. */
export function productRouter(service: ProductService, jsonBody: RequestHandler[]) {
  return initServer().router(contract.products, {
    create: {
      middleware: jsonBody,
      handler: async ({ body, res }) => {
        const product = await service.create(body);
        res.setHeader('Location', `/products/${product.id}`);
        return { status: 201, body: product };
      },
    },
    get: {
      middleware: [answerFromCache(service)],
      handler: async ({ params, res }) => {
        const { source, value } = await service.load(params.id);
        res.setHeader('X-Cache', source.toUpperCase());
        return { status: 200, body: value };
      },
    },
    update: {
      middleware: jsonBody,
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

/** Answers a read whose text is in the cache with that text; any other goes on to the route's handler. */
function answerFromCache(service: ProductService): RequestHandler<{ id: string }> {
  return async (request, response, next) => {
    const text = await service.peek(request.params.id);
    if (text === undefined) return next();
    response.setHeader('X-Cache', 'HIT');
    response.setHeader('ETag', entityTag(text));
    if (request.fresh) response.status(304).end();
    else sendJsonText(response, 200, text);
  };
}

function precondition(ifMatch: string | undefined): Precondition | undefined {
  if (ifMatch === undefined) return undefined;
  return (current) => ifMatchHolds(ifMatch, entityTag(JSON.stringify(current)));
}
