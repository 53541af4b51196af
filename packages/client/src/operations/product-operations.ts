import type {
  AdjustStock,
  CreateProduct,
  ImportSummary,
  Product,
  ProductPage,
  UpdateProduct,
} from '../generated/contract.js';
import type {
  CallOptions,
  ChangeOptions,
  IfNoneMatchOptions,
  ReadOptions,
  WriteOptions,
} from '../options/call-options.js';
import type { ListOptions, ListQuery, PageQuery } from '../options/list-options.js';
import type {
  ExportOptions,
  ExportQuery,
  ExportTextQuery,
  ImportOptions,
  ImportSource,
} from '../options/transfer-options.js';
import type { ApiCall } from './api-call.js';
import type { HistoryOperations } from './history-operations.js';
import type { PagedList } from './paged-list.js';
import type { ProductWithEtag, ReadProduct } from './product-with-etag.js';

/** The products of a list, across all its pages. */
export type ProductList = PagedList<Product, ProductPage>;

/**
 * The operations of the catalog. Besides the errors below, each can throw any other subclass of
 * `ProductApiError`, or the reason of the caller's signal.
 */
export interface ProductOperations extends HistoryOperations {
  /**
   * Creates a product, and returns it with its id.
   *
   * @example
   * ```ts
   * const mouse = await client.products.create({
   *   name: 'Wireless Mouse',
   *   description: 'Ergonomic wireless mouse',
   *   price: 29.99,
   *   stock_quantity: 100,
   * });
   * ```
   *
   * @throws {ValidationError} when a field is invalid
   */
  create(product: CreateProduct, options?: WriteOptions): ApiCall<Product>;
  /**
   * Returns a product.
   *
   * @example
   * ```ts
   * const mouse = await client.products.get(id, { timeoutMs: 1000 });
   * ```
   *
   * @throws {NotFoundError} when no product has the id
   */
  get(id: string, options?: ReadOptions): ApiCall<Product>;
  /** With `ifNoneMatch`, returns undefined if the caller's copy is current. */
  get(id: string, options: IfNoneMatchOptions): ApiCall<Product | undefined>;
  /**
   * Returns the products with these ids, by the ids as they are written there. An id of no product
   * is not in the result. Sends a request for each 200 ids, one after the other; the options apply
   * to each. The requests are retried, like all reads.
   *
   * @example
   * ```ts
   * const products = await client.products.getMany(cart.map(({ productId }) => productId));
   * const name = products.get(id)?.name ?? 'no longer sold';
   * ```
   */
  getMany(ids: Iterable<string> & object, options?: CallOptions): Promise<Map<string, Product>>;
  /**
   * Changes the given fields of a product, and returns the changed product.
   *
   * @example
   * ```ts
   * await client.products.update(id, { price: 24.99 });
   * ```
   *
   * @throws {ValidationError} when a field is invalid
   * @throws {NotFoundError} when no product has the id
   * @throws {PreconditionFailedError} when the product has changed since `ifMatch` was read
   */
  update(id: string, changes: UpdateProduct, options?: ChangeOptions): ApiCall<Product>;
  /**
   * Deletes a product.
   *
   * @example
   * ```ts
   * await client.products.delete(id);
   * ```
   *
   * @throws {NotFoundError} when no product has the id
   * @throws {PreconditionFailedError} when the product has changed since `ifMatch` was read
   */
  delete(id: string, options?: ChangeOptions): ApiCall<void>;
  /**
   * Adds pieces to the stock of a product or takes them, and returns the product with the quantity
   * after this adjustment. The stock never falls below zero, however many adjust it at once.
   *
   * @example
   * ```ts
   * await client.products.adjustStock(id, -2);
   * await client.products.adjustStock(id, { delta: -2, reason: 'sale', reference: 'order-17' });
   * ```
   *
   * @throws {NotFoundError} when no product has the id
   * @throws {InsufficientStockError} when there are too few pieces
   * @throws {StockChangedError} when the quantity is not the `expected` one
   * @throws {StockOverflowError} when there would be more than 2^53 − 1 pieces
   * @throws {ValidationError} when a field is invalid
   */
  adjustStock(
    id: string,
    adjustment: number | AdjustStock,
    options?: WriteOptions,
  ): ApiCall<Product>;
  /**
   * Returns all products that match the query. Pages are fetched when a loop needs them. A loop
   * that changes what the list is sorted by may not end: use `list(…).toArray()` there.
   *
   * @example
   * ```ts
   * for await (const product of client.products.list({ sort: '-price', in_stock: true })) {
   *   console.log(product.name);
   * }
   * ```
   */
  list(query?: ListQuery, options?: ListOptions): ProductList;
  /**
   * Returns one page. Its `next_cursor` is the `cursor` of the next page; null on the last page.
   *
   * @example
   * ```ts
   * const first = await client.products.listPage({ limit: 20 });
   * if (first.next_cursor !== null) {
   *   await client.products.listPage({ limit: 20, cursor: first.next_cursor });
   * }
   * ```
   */
  listPage(query?: PageQuery, options?: ReadOptions): ApiCall<ProductPage>;
  /** With `ifNoneMatch`, returns undefined if the caller's copy of the page is current. */
  listPage(
    query: PageQuery | undefined,
    options: IfNoneMatchOptions,
  ): ApiCall<ProductPage | undefined>;
  /**
   * Returns all products that match the query, from one request, however many they are. If the
   * connection breaks, the export goes on behind the last product.
   *
   * @example
   * ```ts
   * for await (const product of client.products.export({ in_stock: true })) {
   *   console.log(product.name);
   * }
   * ```
   */
  export(query?: ExportQuery, options?: ExportOptions): AsyncIterable<Product>;
  /**
   * Returns the text of an export, NDJSON or CSV, in parts of whole lines. It goes on like
   * `export`.
   *
   * @example
   * ```ts
   * await writeFile('products.csv', client.products.exportText({ format: 'csv' }));
   * ```
   */
  exportText(query?: ExportTextQuery, options?: ExportOptions): AsyncIterable<string>;
  /**
   * Creates and changes products, one for each line of a file or each object of a list, with one
   * request, however many they are. If the connection breaks, the import goes on where it stopped,
   * and each line is imported once. The runtime must stream bodies of requests, as Node.js does.
   *
   * @param source a list of products, or a function that opens the file; it is called again after
   *   a broken connection
   * @throws {ValidationError} when the file as a whole cannot be read
   *
   * @example
   * ```ts
   * const summary = await client.products.import(() => createReadStream('products.csv'), {
   *   format: 'csv',
   *   onError: 'skip',
   *   onFailed: ({ line, errors }) => console.error(line, errors),
   * });
   * ```
   */
  import(source: ImportSource, options?: ImportOptions): Promise<ImportSummary>;
  /** The operations that return a product together with its entity tag. */
  readonly withEtag: TaggedProductOperations;
}

/**
 * The operations of `ProductOperations` that return a product, with its entity tag.
 *
 * @example
 * ```ts
 * const { product, etag } = await client.products.withEtag.get(id);
 * await client.products.update(id, { price: product.price * 2 }, { ifMatch: etag });
 * ```
 */
export interface TaggedProductOperations {
  /** Like `ProductOperations.create`. */
  create(product: CreateProduct, options?: WriteOptions): ApiCall<ProductWithEtag>;
  /** Like `ProductOperations.get`; also returns whether the product came from the cache. */
  get(id: string, options?: ReadOptions): ApiCall<ReadProduct>;
  /** With `ifNoneMatch`, returns undefined if the caller's copy is current. */
  get(id: string, options: IfNoneMatchOptions): ApiCall<ReadProduct | undefined>;
  /** Like `ProductOperations.update`. */
  update(id: string, changes: UpdateProduct, options?: ChangeOptions): ApiCall<ProductWithEtag>;
}
