import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { commonProblems, problemSchema } from './problem.js';
import { createProductSchema, productSchema, updateProductSchema } from './product.js';
import { listProductsQuerySchema, productPageSchema } from './product-list.js';
import { cacheHeader, etagHeader, type RouteDocumentation } from './route-documentation.js';
import { documented } from './schema-metadata.js';

const c = initContract();

const pathParams = z.object({
  id: documented(z.string(), {
    description:
      'The product’s id, in lower case or in capitals. Text that is not an id names no product: 404.',
    format: 'uuid',
    example: '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b',
  }),
});

/** No examples: the page that sends requests would send them. */
const readConditions = z.object({
  'if-match': documented(z.string().optional(), {
    description: 'Entity tags of which one has to be the current one; otherwise 412.',
  }),
  'if-none-match': documented(z.string().optional(), {
    description: 'Entity tags that the client already has: 304 while one is the current one.',
  }),
});

const changeConditions = z.object({
  'if-match': documented(z.string().optional(), {
    description:
      'The `ETag` that the change is based on, or a list of such; otherwise 412. Also in the form `W/"…"` that a compressing proxy gives it. `*` requires only that the product exists.',
  }),
  'if-none-match': documented(z.string().optional(), {
    description: 'Entity tags that the product must not have; otherwise 412. `*` is always 412.',
  }),
});

const bodyProblems = { 413: problemSchema, 415: problemSchema };

/** The four operations of the catalog and its list. */
export const productRoutes = c.router(
  {
    create: {
      method: 'POST',
      path: '/products',
      summary: 'Create a product',
      description: 'Validates and stores a product under a new id.',
      body: createProductSchema,
      responses: { 201: productSchema, ...bodyProblems },
      metadata: {
        answers: { 201: 'The product as stored.' },
        headers: {
          201: {
            ...etagHeader,
            Location:
              'Where the new product is, relative to the address of the request (RFC 9110 §10.2.2).',
          },
        },
      } satisfies RouteDocumentation,
    },
    get: {
      method: 'GET',
      path: '/products/:id',
      summary: 'Get a product',
      description: 'Answered from the cache where it can be.',
      pathParams,
      headers: readConditions,
      responses: { 200: productSchema, 304: c.noBody(), 404: problemSchema, 412: problemSchema },
      metadata: {
        answers: { 200: 'The product.', 304: 'The client’s copy still holds.' },
        headers: {
          200: { ...etagHeader, ...cacheHeader },
          304: { ...etagHeader, ...cacheHeader },
          404: cacheHeader,
        },
      } satisfies RouteDocumentation,
    },
    update: {
      method: 'PUT',
      path: '/products/:id',
      summary: 'Update a product',
      description: 'Changes the members that the body names and invalidates the cached copy.',
      pathParams,
      headers: changeConditions,
      body: updateProductSchema,
      responses: { 200: productSchema, 404: problemSchema, 412: problemSchema, ...bodyProblems },
      metadata: {
        answers: { 200: 'The product as it is now.' },
        headers: { 200: etagHeader },
      } satisfies RouteDocumentation,
    },
    delete: {
      method: 'DELETE',
      path: '/products/:id',
      summary: 'Delete a product',
      description: 'Removes the product and invalidates the cached copy.',
      pathParams,
      headers: changeConditions,
      body: c.noBody(),
      responses: { 204: c.noBody(), 404: problemSchema, 412: problemSchema },
      metadata: { answers: { 204: 'The product is gone.' } } satisfies RouteDocumentation,
    },
    list: {
      method: 'GET',
      path: '/products',
      summary: 'List products',
      description: 'One page in the order asked for; follow `next_cursor` for the rest.',
      query: listProductsQuerySchema,
      headers: readConditions,
      responses: { 200: productPageSchema, 304: c.noBody(), 412: problemSchema },
      metadata: {
        answers: { 200: 'A page of products.', 304: 'The client’s copy still holds.' },
        headers: { 200: etagHeader, 304: etagHeader },
      } satisfies RouteDocumentation,
    },
  },
  {
    strictStatusCodes: true,
    commonResponses: commonProblems,
  },
);
