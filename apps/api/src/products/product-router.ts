import { contract, type Product, type ProductPage } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import type { RequestHandler } from 'express';
import { entityTag } from '../http/conditional/entity-tag.js';
import {
  type ConditionalHeaders,
  type CurrentRepresentation,
  isUnconditional,
  requireIfMatch,
  requirePreconditions,
} from '../http/conditional/preconditions.js';
import type { ResponseQueue } from '../http/limits/response-queue.js';
import type { Precondition, ProductService } from './product-service.js';
import { respondFromCache } from './respond-from-cache.js';

/** What bounds the work of requests. */
export interface RequestBounds {
  /** Parses bodies. */
  readonly jsonBody: RequestHandler;
  /** Produces pages. */
  readonly responses: ResponseQueue;
}

/** Binds the contract's product routes to the service. */
export function productRouter(service: ProductService, { jsonBody, responses }: RequestBounds) {
  return initServer().router(contract.products, {
    get: {
      middleware: [respondFromCache(service)],
      handler: async ({ params, headers, res }) => {
        const { source, value } = await service.load(params.id);
        if (headers['if-match'] !== undefined) {
          requireIfMatch(headers['if-match'], current('product', value));
        }
        res.setHeader('X-Cache', source.toUpperCase());
        return { status: 200, body: value };
      },
    },
    create: {
      middleware: [jsonBody],
      handler: async ({ body, req, res }) => {
        const product = await service.create(body);
        res.setHeader('Location', locationOf(product, req.path));
        return { status: 201, body: product };
      },
    },
    update: {
      middleware: [jsonBody],
      handler: async ({ params, body, headers }) => {
        const product = await service.update(params.id, body, precondition(headers));
        return { status: 200, body: product };
      },
    },
    delete: async ({ params, headers }) => {
      await service.delete(params.id, precondition(headers));
      return { status: 204, body: undefined };
    },
    list: async ({ query, headers, res }) => {
      const { page } = await responses.run(res, () => service.list(query));
      if (headers['if-match'] !== undefined) {
        requireIfMatch(headers['if-match'], current('list', page));
      }
      return { status: 200, body: page };
    },
  });
}

/**
 * Where a new product is, relative to the address that it was posted to (RFC 9110 §10.2.2): a proxy may
 * serve that under a path prefix.
 */
function locationOf({ id }: Product, path: string): string {
  return path.endsWith('/') ? id : `products/${id}`;
}

function precondition(headers: ConditionalHeaders): Precondition | undefined {
  return isUnconditional(headers)
    ? undefined
    : (product) => requirePreconditions(headers, current('product', product));
}

/** What conditional headers are compared with: a body as it is sent. */
function current(name: string, body: Product | ProductPage): CurrentRepresentation {
  return { name, entityTag: entityTag(JSON.stringify(body)) };
}
