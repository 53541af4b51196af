import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { idempotencyHeaders } from './idempotency-key.js';
import { noQuery } from './no-query.js';
import { patchMediaTypes } from './patch-media-types.js';
import { problemSchema, scopedRouteProblems } from './problem.js';
import { createProductSchema, productSchema, updateProductSchema } from './product.js';
import { batchGetSchema, productBatchSchema } from './product-batch.js';
import { listProductsQuerySchema, productPageSchema } from './product-list.js';
import { listRate, readRate, writeRate } from './rate.js';
import type { RouteMetadata } from './route-metadata.js';
import { documented } from './schema-metadata.js';

const c = initContract();

/** The path of one product. */
export const pathParams = z.object({
  id: documented(z.string(), {
    description:
      'The id of the product, in lower or upper case. The response to any other text is 404.',
    format: 'uuid',
    example: '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b',
  }),
});

/** The conditions of a read; without examples, because Swagger UI would send them as values. */
export const readConditions = z.object({
  'if-match': documented(z.string().optional(), {
    description: 'Entity tags; if none of them is the current one, the response is 412.',
  }),
  'if-none-match': documented(z.string().optional(), {
    description:
      'Entity tags that the client already has; if one of them is the current one, the response is 304.',
  }),
});

/** The conditions of a change. */
export const changeConditions = z.object({
  'if-match': documented(z.string().optional(), {
    description:
      'The `ETag` that the change is based on, or a list of them; if none is the current one, the response is 412. The form `W/"…"`, which a compressing proxy sends, is accepted. `*` only requires that the product exists.',
  }),
  'if-none-match': documented(z.string().optional(), {
    description:
      'Entity tags that the product must not have; if one is the current one, the response is 412. With `*` it is always 412.',
  }),
});

/** The preference of a request with a body. */
export const bodyPreference = z.object({
  prefer: documented(z.string().optional(), {
    description:
      'With `handling=strict`, a field that the body’s schema does not have is refused with 400 instead of ignored (RFC 7240 §4.4).',
  }),
});

/** The headers of the error responses to a request whose body was read. */
export const preferenceHeaders = {
  400: ['Preference-Applied'],
  500: ['Preference-Applied'],
  503: ['Preference-Applied'],
} as const;

/** The headers of the error responses to a write whose body was read. */
export const bodyWriteHeaders = {
  ...preferenceHeaders,
  404: ['Idempotent-Replayed', 'Preference-Applied'],
  412: ['Idempotent-Replayed', 'Preference-Applied'],
  422: ['Preference-Applied'],
} as const;

/** The error responses to a body that is not read. */
export const bodyProblems = { 413: problemSchema, 415: problemSchema };

/** The error response to a key of another request. */
export const idempotencyProblems = { 422: problemSchema };

/** What both methods of a change have in common. */
const change = {
  path: '/products/:id',
  pathParams,
  query: noQuery,
  headers: changeConditions.merge(idempotencyHeaders).merge(bodyPreference),
  body: updateProductSchema,
  responses: {
    200: productSchema,
    404: problemSchema,
    412: problemSchema,
    ...bodyProblems,
    ...idempotencyProblems,
  },
} as const;

const changeMetadata = {
  access: 'products:write',
  rate: writeRate,
  responses: { 200: 'The product after the change.' },
  headers: { ...bodyWriteHeaders, 200: ['ETag', 'Idempotent-Replayed', 'Preference-Applied'] },
  furtherProblems: ['product-not-found'],
  mediaTypes: patchMediaTypes,
} as const satisfies RouteMetadata;

/** The routes that create, get, update, delete and list products, and get several of them. */
export const productRoutes = c.router(
  {
    create: {
      method: 'POST',
      path: '/products',
      summary: 'Create a product',
      description: 'Validates a product and stores it with a new id.',
      query: noQuery,
      headers: idempotencyHeaders.merge(bodyPreference),
      body: createProductSchema,
      responses: { 201: productSchema, ...bodyProblems, ...idempotencyProblems },
      metadata: {
        access: 'products:write',
        rate: writeRate,
        responses: { 201: 'The stored product.' },
        headers: {
          ...bodyWriteHeaders,
          201: ['ETag', 'Location', 'Idempotent-Replayed', 'Preference-Applied'],
        },
      } satisfies RouteMetadata,
    },
    get: {
      method: 'GET',
      path: '/products/:id',
      summary: 'Get a product',
      description: 'Returns a product, from the cache if possible.',
      pathParams,
      query: noQuery,
      headers: readConditions,
      responses: { 200: productSchema, 304: c.noBody(), 404: problemSchema, 412: problemSchema },
      metadata: {
        access: 'products:read',
        rate: readRate,
        responses: { 200: 'The product.', 304: 'The client’s copy is current.' },
        headers: { 200: ['ETag', 'X-Cache'], 304: ['ETag', 'X-Cache'], 404: ['X-Cache'] },
        furtherProblems: ['product-not-found'],
      } satisfies RouteMetadata,
    },
    update: {
      ...change,
      method: 'PUT',
      summary: 'Update a product',
      description: 'Changes the fields that are in the body and invalidates the cached copy.',
      metadata: changeMetadata,
    },
    delete: {
      method: 'DELETE',
      path: '/products/:id',
      summary: 'Delete a product',
      description: 'Removes the product and invalidates the cached copy.',
      pathParams,
      query: noQuery,
      headers: changeConditions.merge(idempotencyHeaders),
      body: c.noBody(),
      responses: {
        204: c.noBody(),
        404: problemSchema,
        412: problemSchema,
        ...idempotencyProblems,
      },
      metadata: {
        access: 'products:write',
        rate: writeRate,
        responses: { 204: 'The product is deleted.' },
        headers: {
          204: ['Idempotent-Replayed'],
          404: ['Idempotent-Replayed'],
          412: ['Idempotent-Replayed'],
        },
        furtherProblems: ['product-not-found'],
      } satisfies RouteMetadata,
    },
    list: {
      method: 'GET',
      path: '/products',
      summary: 'List products',
      description:
        'Returns one page of the sorted products, or of those that a search finds. For the next page, send its `next_cursor` as `cursor`, until it is null. A search finds a product from the response to its creation or change on; of a product that SQL has written, it finds the words a moment later.',
      query: listProductsQuerySchema,
      headers: readConditions,
      responses: { 200: productPageSchema, 304: c.noBody(), 412: problemSchema },
      metadata: {
        access: 'products:read',
        rate: listRate,
        responses: { 200: 'A page of products.', 304: 'The client’s copy is current.' },
        headers: { 200: ['ETag', 'Link', 'X-Search'], 304: ['ETag', 'Link', 'X-Search'] },
      } satisfies RouteMetadata,
    },
    patch: {
      ...change,
      method: 'PATCH',
      summary: 'Patch a product',
      description:
        'Does what PUT does: the body of a PUT is a merge patch too (RFC 7396), in which no field can be null.',
      metadata: {
        ...changeMetadata,
        headers: { ...changeMetadata.headers, 415: ['Accept-Patch'] },
      } satisfies RouteMetadata,
    },
    batchGet: {
      method: 'POST',
      path: '/products/batch-get',
      summary: 'Get several products',
      description:
        'Returns up to 200 products by their ids, from the cache if possible, in the order of the ids. Changes nothing.',
      query: noQuery,
      headers: bodyPreference,
      body: batchGetSchema,
      responses: { 200: productBatchSchema, ...bodyProblems },
      metadata: {
        access: 'products:read',
        rate: { class: 'bulk', units: 1, entries: 'ids' },
        responses: { 200: 'The products that exist, and the ids of no product.' },
        headers: { ...preferenceHeaders, 200: ['X-Cache-Batch', 'Preference-Applied'] },
      } satisfies RouteMetadata,
    },
  },
  {
    strictStatusCodes: true,
    commonResponses: scopedRouteProblems,
  },
);
