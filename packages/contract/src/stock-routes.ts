import { initContract } from '@ts-rest/core';
import { idempotencyHeaders } from './idempotency-key.js';
import { noQuery } from './no-query.js';
import { problemSchema, scopedRouteProblems } from './problem.js';
import { productSchema } from './product.js';
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
import { adjustedProductsSchema, adjustStockSchema, adjustStocksSchema } from './stock.js';
import { stockLedgerPageSchema, stockLedgerQuerySchema } from './stock-ledger.js';
import { productNotFoundProblemSchema, refusedAdjustmentProblemSchema } from './stock-problem.js';

const c = initContract();

const adjustmentProblems = [
  'idempotency-key-missing',
  'product-not-found',
  'insufficient-stock',
  'stock-changed',
  'stock-overflow',
] as const;

const adjustmentHeaders = {
  ...bodyWriteHeaders,
  200: ['ETag', 'Idempotent-Replayed', 'Preference-Applied'],
  409: ['Idempotent-Replayed', 'Preference-Applied'],
} as const;

/** The routes that adjust the stock of products, and list its changes. */
export const stockRoutes = c.router(
  {
    adjust: {
      method: 'POST',
      path: '/products/:id/stock-adjustments',
      summary: 'Adjust the stock of a product',
      description:
        'Adds pieces to the stock or takes them, and invalidates the cached copy. Requests at the same time are applied one after another, and the stock never falls below zero.',
      pathParams,
      query: noQuery,
      headers: idempotencyHeaders.merge(bodyPreference),
      body: adjustStockSchema,
      responses: {
        200: productSchema,
        404: productNotFoundProblemSchema,
        409: refusedAdjustmentProblemSchema,
        ...bodyProblems,
        ...idempotencyProblems,
      },
      metadata: {
        access: 'stock:write',
        rate: writeRate,
        responses: { 200: 'The product after this adjustment.' },
        headers: adjustmentHeaders,
        furtherProblems: adjustmentProblems,
      } satisfies RouteMetadata,
    },
    adjustMany: {
      method: 'POST',
      path: '/stock-adjustments',
      summary: 'Adjust the stock of several products',
      description:
        'Adds pieces to the stock of several products or takes them: all or nothing. The cached copies are invalidated.',
      query: noQuery,
      headers: idempotencyHeaders.merge(bodyPreference),
      body: adjustStocksSchema,
      responses: {
        200: adjustedProductsSchema,
        404: productNotFoundProblemSchema,
        409: refusedAdjustmentProblemSchema,
        ...bodyProblems,
        ...idempotencyProblems,
      },
      metadata: {
        access: 'stock:write',
        rate: { class: 'bulk', units: 1, entries: 'lines' },
        responses: { 200: 'The products after this adjustment.' },
        headers: adjustmentHeaders,
        furtherProblems: adjustmentProblems,
      } satisfies RouteMetadata,
    },
    ledger: {
      method: 'GET',
      path: '/products/:id/stock-adjustments',
      summary: 'List the changes of a product’s stock',
      description:
        'Returns one page of the changes, the newest first, also of a deleted product. The list begins with the first change and the quantity before it; the sum of all deltas is the quantity in stock. For the next page, send its `next_cursor` as `cursor`.',
      pathParams,
      query: stockLedgerQuerySchema,
      headers: readConditions,
      responses: {
        200: stockLedgerPageSchema,
        304: c.noBody(),
        404: productNotFoundProblemSchema,
        412: problemSchema,
      },
      metadata: {
        access: 'stock:read',
        rate: listRate,
        responses: { 200: 'A page of changes.', 304: 'The client’s copy is current.' },
        headers: { 200: ['ETag', 'Link'], 304: ['ETag', 'Link'] },
        furtherProblems: ['product-not-found'],
      } satisfies RouteMetadata,
    },
  },
  {
    strictStatusCodes: true,
    commonResponses: scopedRouteProblems,
  },
);
