import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { idempotencyHeaders } from './idempotency-key.js';
import { noQuery } from './no-query.js';
import { problemSchema, scopedRouteProblems } from './problem.js';
import { productSchema } from './product.js';
import { historyPageSchema, historyQuerySchema, restoreProductSchema } from './product-history.js';
import {
  bodyPreference,
  bodyProblems,
  bodyWriteHeaders,
  idempotencyProblems,
  pathParams,
  readConditions,
} from './product-routes.js';
import { listRate, writeRate } from './rate.js';
import type { RouteMetadata } from './route-metadata.js';
import { documented } from './schema-metadata.js';

const c = initContract();

/** The conditions of a restore: a product that is deleted has no entity tag. */
const restoreConditions = z.object({
  'if-match': documented(z.string().optional(), {
    description:
      'Entity tags; if none of them is that of the existing product, the response is 412. `*` only requires that the product exists.',
  }),
  'if-none-match': documented(z.string().optional(), {
    description:
      'Entity tags that the product must not have; if one is the current one, the response is 412. `*` requires that the product is deleted.',
  }),
});

/** The routes that list what happened to a product, and undo it. */
export const historyRoutes = c.router(
  {
    list: {
      method: 'GET',
      path: '/products/:id/history',
      summary: 'List the history of a product',
      description:
        'Returns one page of the changes that the service still keeps, the newest first, also of a deleted product. For the next page, send its `next_cursor` as `cursor`.',
      pathParams,
      query: historyQuerySchema,
      headers: readConditions,
      responses: {
        200: historyPageSchema,
        304: c.noBody(),
        404: problemSchema,
        412: problemSchema,
      },
      metadata: {
        access: 'changes:read',
        rate: listRate,
        responses: { 200: 'A page of changes.', 304: 'The client’s copy is current.' },
        headers: { 200: ['ETag', 'Link'], 304: ['ETag', 'Link'] },
        furtherProblems: ['product-not-found'],
      } satisfies RouteMetadata,
    },
    restore: {
      method: 'POST',
      path: '/products/:id/restore',
      summary: 'Restore a product',
      description:
        'Brings a deleted product back under its id, or gives a product the values of an earlier version. The result is a new version, and the cached copy is invalidated. A product that already has these values is not changed.',
      pathParams,
      query: noQuery,
      headers: restoreConditions.merge(idempotencyHeaders).merge(bodyPreference),
      body: restoreProductSchema,
      responses: {
        200: productSchema,
        404: problemSchema,
        412: problemSchema,
        ...bodyProblems,
        ...idempotencyProblems,
      },
      metadata: {
        access: 'products:write',
        rate: writeRate,
        responses: { 200: 'The restored product.' },
        headers: {
          ...bodyWriteHeaders,
          200: ['ETag', 'Idempotent-Replayed', 'Preference-Applied'],
        },
        furtherProblems: ['product-not-found', 'version-not-found'],
      } satisfies RouteMetadata,
    },
  },
  {
    strictStatusCodes: true,
    commonResponses: scopedRouteProblems,
  },
);
