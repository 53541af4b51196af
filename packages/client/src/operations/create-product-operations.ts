import { type Product, type ProductPage, routes } from '../generated/contract.js';
import type { IfNoneMatchOptions, ReadOptions } from '../options/call-options.js';
import { DEFAULT_PAGE_SIZE, type PageQuery } from '../options/list-options.js';
import { successReader } from '../responses/read-success.js';
import type { Transport } from '../transport/transport.js';
import type { ApiCall } from './api-call.js';
import { createTaggedOperations } from './create-tagged-operations.js';
import { exportProducts, exportText } from './export-products.js';
import { getMany } from './get-many.js';
import { createHistoryOperations } from './history-operations.js';
import { importProducts } from './import-products.js';
import { unlessNotModified } from './not-modified.js';
import { PagedList } from './paged-list.js';
import type { ProductOperations } from './product-operations.js';
import { productRequests } from './product-requests.js';
import { startCall } from './start-call.js';

const read = {
  create: successReader(routes.products.create),
  get: successReader(routes.products.get),
  update: successReader(routes.products.update),
  delete: successReader(routes.products.delete),
  list: successReader(routes.products.list),
  adjust: successReader(routes.stock.adjust),
  batch: successReader(routes.products.batchGet),
};

/** Creates the operations of the catalog from the contract's routes. */
export function createProductOperations(transport: Transport): ProductOperations {
  const requests = productRequests(transport);

  function get(id: string, options: IfNoneMatchOptions): ApiCall<Product | undefined>;
  function get(id: string, options?: ReadOptions): ApiCall<Product>;
  function get(id: string, options: ReadOptions | IfNoneMatchOptions = {}) {
    return startCall(requests.get(id, options), unlessNotModified(options, read.get));
  }

  function listPage(
    query: PageQuery | undefined,
    options: IfNoneMatchOptions,
  ): ApiCall<ProductPage | undefined>;
  function listPage(query?: PageQuery, options?: ReadOptions): ApiCall<ProductPage>;
  function listPage(query: PageQuery = {}, options: ReadOptions | IfNoneMatchOptions = {}) {
    return startCall(requests.list(query, options), unlessNotModified(options, read.list));
  }

  return {
    create: (product, options = {}) => startCall(requests.create(product, options), read.create),
    get,
    update: (id, changes, options = {}) =>
      startCall(requests.update(id, changes, options), read.update),
    delete: (id, options = {}) => startCall<void>(requests.delete(id, options), read.delete),
    adjustStock: (id, adjustment, options = {}) =>
      startCall(requests.adjustStock(id, adjustment, options), read.adjust),
    list: (query = {}, { pageSize = DEFAULT_PAGE_SIZE, ...options } = {}) =>
      new PagedList(
        (cursor) => listPage({ ...query, cursor, limit: pageSize }, options),
        query.cursor,
      ),
    listPage,
    getMany: (ids, options = {}) =>
      getMany(ids, (batch) => startCall(requests.batchGet(batch, options), read.batch)),
    export: (query, options) => exportProducts(transport, query, options),
    exportText: (query, options) => exportText(transport, query, options),
    import: (source, options) => importProducts(transport, source, options),
    ...createHistoryOperations(transport),
    withEtag: createTaggedOperations(requests),
  };
}
