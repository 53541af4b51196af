import type { CreateProduct, Product, UpdateProduct } from '@product-api/contract';
import type { ChangeOptions } from './client-options.js';
import type { ContractClient } from './contract-client.js';
import type { FetcherCall } from './contract-fetcher.js';
import { pathSegment } from './path-segment.js';
import { ProductList } from './product-list.js';
import type { ProductOperations, TaggedProductOperations } from './product-operations.js';

type Routes = ContractClient['products'];

const DEFAULT_PAGE_SIZE = 100;

/** Creates the operations of the catalog from the contract's routes. */
export function createProductOperations(routes: Routes): ProductOperations {
  const listPage: ProductOperations['listPage'] = async (query = {}, call = {}) =>
    (await routes.list({ query, call })).body;

  return {
    create: async (product, options = {}) => (await create(routes, product, options)).body,
    get: async (id, options = {}) => (await get(routes, id, options)).body,
    update: async (id, changes, options = {}) => (await update(routes, id, changes, options)).body,
    delete: async (id, { ifMatch, ...call } = {}) => {
      await routes.delete({ ...conditional(id, ifMatch), call });
    },
    list: (query = {}, { pageSize = DEFAULT_PAGE_SIZE, ...call } = {}) =>
      new ProductList(
        (cursor) => listPage({ ...query, cursor, limit: pageSize }, call),
        query.cursor,
      ),
    listPage,
    withEtag: createTaggedOperations(routes),
  };
}

function createTaggedOperations(routes: Routes): TaggedProductOperations {
  const etagRequired = true;
  return {
    create: async (product, options) =>
      withEtag(await create(routes, product, { ...options, etagRequired })),
    get: async (id, options) => {
      const response = await get(routes, id, { ...options, etagRequired });
      return { ...withEtag(response), cache: response.headers.get('x-cache') ?? undefined };
    },
    update: async (id, changes, options) =>
      withEtag(await update(routes, id, changes, { ...options, etagRequired })),
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
  return routes.update({ ...conditional(id, ifMatch), body, call });
}

function conditional(id: string, ifMatch: string | undefined) {
  return { params: { id: pathSegment(id) }, headers: { 'if-match': ifMatch } };
}

function withEtag({ body, headers }: { body: Product; headers: Headers }) {
  // With `etagRequired`, the fetcher refuses a response without this header.
  return { product: body, etag: String(headers.get('etag')) };
}
