import { contract, type Product, type ProductPage } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import type { RequestHandler } from 'express';
import { requireKnownFields } from '../http/body/known-fields.js';
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

/** The limits that the requests of all resources share. */
export interface RequestLimits {
  /** Middleware that parses a bounded JSON body. */
  readonly jsonBody: RequestHandler;
  /** Bounds the pages that are produced and not yet sent. */
  readonly responses: ResponseQueue;
}

/** Binds the contract's product routes to the service. */
export function productRouter(service: ProductService, { jsonBody, responses }: RequestLimits) {
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
      middleware: [jsonBody, requireKnownFields(contract.products.create)],
      handler: async ({ body, req, res }) => {
        const product = await service.create(body);
        res.setHeader('Location', locationOf(product, req.path));
        return { status: 201, body: product };
      },
    },
    update: {
      middleware: [jsonBody, requireKnownFields(contract.products.update)],
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
 * Returns the URL of a new product, relative to the URL of the POST (RFC 9110 §10.2.2), because a
 * proxy may add a path prefix.
 */
function locationOf({ id }: Product, path: string): string {
  return path.endsWith('/') ? id : `products/${id}`;
}

function precondition(headers: ConditionalHeaders): Precondition | undefined {
  return isUnconditional(headers)
    ? undefined
    : (product) => requirePreconditions(headers, current('product', product));
}

/** Returns what conditional headers are compared with: the body as it is sent. */
function current(name: string, body: Product | ProductPage): CurrentRepresentation {
  return { name, entityTag: entityTag(JSON.stringify(body)) };
}
