import {
  contract,
  type Product,
  type RouteMetadata,
  type UpdateProduct,
} from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import type { RequestHandler } from 'express';
import { requireKnownFields } from '../http/body/known-fields.js';
import { entityTag } from '../http/conditional/entity-tag.js';
import { pageResponse } from '../http/conditional/page-response.js';
import {
  type ConditionalHeaders,
  type CurrentRepresentation,
  isUnconditional,
  requireIfMatch,
  requirePreconditions,
} from '../http/conditional/preconditions.js';
import type { ResponseQueue } from '../http/limits/response-queue.js';
import type { HandlerInput } from '../idempotency/keyed-request.js';
import { writeOrigin } from '../idempotency/write-origin.js';
import type { Precondition } from './precondition.js';
import type { ProductService } from './product-service.js';
import { batchReader, respondWithBatch } from './respond-with-batch.js';

/** A request to change a product, by PUT or PATCH. */
interface ChangeRequest extends HandlerInput {
  readonly params: { readonly id: string };
  readonly body: UpdateProduct;
  readonly headers: ConditionalHeaders & HandlerInput['headers'];
}

/** The limits that the requests of all resources share. */
export interface RequestLimits {
  /** Middleware that parses a bounded JSON body. */
  readonly jsonBody: RequestHandler;
  /** The same for a body that is a merge patch. */
  readonly mergePatchBody: RequestHandler;
  /** Creates the middleware that counts the entries of a parsed body against the rate limits. */
  readonly countEntries: (route: { readonly metadata: RouteMetadata }) => RequestHandler;
  /** Bounds the pages that are produced and not yet sent. */
  readonly pages: ResponseQueue;
  /** The same for pages of a search, which takes longer and must not keep other lists waiting. */
  readonly searches: ResponseQueue;
  /** Bounds the batches that are produced and not yet sent. */
  readonly batches: ResponseQueue;
}

/** Binds the contract's product routes to the service. */
export function productRouter(
  service: ProductService,
  { jsonBody, mergePatchBody, countEntries, pages, searches, batches }: RequestLimits,
) {
  const change = {
    middleware: [mergePatchBody, requireKnownFields(contract.products.update)],
    handler: async (input: ChangeRequest) => {
      const { params, body, headers } = input;
      const origin = writeOrigin(input);
      const product = await service.update(params.id, body, precondition(headers), origin);
      return { status: 200, body: product } as const;
    },
  };
  const readBatch = batchReader(service, batches);
  return initServer().router(contract.products, {
    // The requests that `respondFromCache` has passed on.
    get: async ({ params, headers, res }) => {
      const { source, value } = await service.load(params.id);
      if (headers['if-match'] !== undefined) {
        requireIfMatch(headers['if-match'], current(value));
      }
      res.setHeader('X-Cache', source.toUpperCase());
      return { status: 200, body: value };
    },
    create: {
      middleware: [jsonBody, requireKnownFields(contract.products.create)],
      handler: async (input) => {
        const { body, req, res } = input;
        const product = await service.create(body, writeOrigin(input));
        res.setHeader('Location', locationOf(product, req.path));
        return { status: 201, body: product };
      },
    },
    update: change,
    delete: async (input) => {
      const { params, headers } = input;
      await service.delete(params.id, precondition(headers), writeOrigin(input));
      return { status: 204, body: undefined };
    },
    list: async ({ query, res }) => {
      const queue = query.q === undefined ? pages : searches;
      const { page, isPartial } = await queue.run(res, () => service.list(query));
      if (isPartial) {
        res.setHeader('X-Search', 'partial');
      }
      return pageResponse(res, 'list', page);
    },
    patch: change,
    batchGet: {
      middleware: [
        jsonBody,
        countEntries(contract.products.batchGet),
        requireKnownFields(contract.products.batchGet),
        respondWithBatch(readBatch),
      ],
      handler: async ({ body, res }) => ({ status: 200, body: await readBatch(body.ids, res) }),
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
    : (product) => requirePreconditions(headers, current(product));
}

/** Returns what conditional headers are compared with: the body as it is sent. */
function current(product: Product): CurrentRepresentation {
  return { name: 'product', entityTag: entityTag(JSON.stringify(product)) };
}
