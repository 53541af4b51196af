import type { CreateProduct, Product, UpdateProduct } from '@product-api/contract';
import type { ChangeOptions } from './client-options.js';
import type { ContractClient } from './contract-client.js';
import type { FetcherCall } from './contract-fetcher.js';
import { pathSegment } from './path-segment.js';
import { ProductList } from './product-list.js';
import type { ProductOperations, TaggedProductOperations } from './product-operations.js';

type Routes = ContractClient['products'];

const defaultPageSize = 100;

/** Makes the catalog's operations from the contract's routes. */
export function productOperations(routes: Routes): ProductOperations {
  const listPage: ProductOperations['listPage'] = async (query = {}, call = {}) =>
    (await routes.list({ query, call })).body;

  return {
    create: async (product, options = {}) => (await create(routes, product, options)).body,
    get: async (id, options = {}) => (await get(routes, id, options)).body,
    update: async (id, changes, options = {}) => (await update(routes, id, changes, options)).body,
    delete: async (id, { ifMatch, ...call } = {}) => {
      await routes.delete({ ...change(id, ifMatch), call });
    },
    list: (query = {}, { pageSize = defaultPageSize, ...call } = {}) =>
      new ProductList(
        (cursor) => listPage({ ...query, cursor, limit: pageSize }, call),
        query.cursor,
      ),
    listPage,
    withEtag: taggedProductOperations(routes),
  };
}

function taggedProductOperations(routes: Routes): TaggedProductOperations {
  const etagNeeded = true;
  return {
    create: async (product, options) =>
      tagged(await create(routes, product, { ...options, etagNeeded })),
    get: async (id, options) => {
      const answer = await get(routes, id, { ...options, etagNeeded });
      return { ...tagged(answer), cache: answer.headers.get('x-cache') ?? undefined };
    },
    update: async (id, changes, options) =>
      tagged(await update(routes, id, changes, { ...options, etagNeeded })),
  };
}

function create(routes: Routes, body: CreateProduct, call: FetcherCall) {
  return routes.create({ body, call });
}

function get(routes: Routes, id: string, call: FetcherCall) {
  return routes.get({ params: { id: pathSegment(id) }, call });
}

function update(
  routes: Routes,
  id: string,
  body: UpdateProduct,
  { ifMatch, ...call }: ChangeOptions & FetcherCall,
) {
  return routes.update({ ...change(id, ifMatch), body, call });
}

function change(id: string, ifMatch: string | undefined) {
  return { params: { id: pathSegment(id) }, headers: { 'if-match': ifMatch } };
}

function tagged({ body, headers }: { body: Product; headers: Headers }) {
  // The calls that come here need the header, and the fetcher has refused an answer without it.
  return { product: body, etag: String(headers.get('etag')) };
}
