import { initContract } from '@ts-rest/core';
import { idempotencyHeaders } from './idempotency-key.js';
import { noQuery } from './no-query.js';
import { problemSchema, scopedRouteProblems } from './problem.js';
import { productSchema } from './product.js';
import { historyPageSchema, historyQuerySchema, restoreProductSchema } from './product-history.js';
import {
  bodyPreference,
  bodyProblems,
  bodyWriteHeaders,
  changeConditions,
  idempotencyProblems,
  pathParams,
} from './product-routes.js';
import { listRate, writeRate } from './rate.js';
import type { RouteMetadata } from './route-metadata.js';

const c = initContract();

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
      responses: { 200: historyPageSchema, 404: problemSchema },
      metadata: {
        access: 'changes:read',
        rate: listRate,
        responses: { 200: 'A page of changes.' },
        headers: { 200: ['Link'] },
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
      headers: changeConditions.merge(idempotencyHeaders).merge(bodyPreference),
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
