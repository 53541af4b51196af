import type { CreateProduct, Product, ProductPage, UpdateProduct } from '@product-api/contract';
import type { CallOptions, ChangeOptions } from './client-options.js';
import type { ListOptions, ListQuery, PageQuery } from './list-query.js';
import type { ProductList } from './product-list.js';
import type { ProductWithEtag, ReadProduct } from './product-with-etag.js';

/**
 * The catalog's operations. Each throws one of the classes of `ProductApiError`, or the reason of
 * the caller's own signal.
 */
export interface ProductOperations {
  /** Stores a new product and returns it with the id that the service gave it. */
  create(product: CreateProduct, options?: CallOptions): Promise<Product>;
  /**
   * Returns a product.
   *
   * @throws NotFoundError when no product has the id.
   */
  get(id: string, options?: CallOptions): Promise<Product>;
  /**
   * Changes the members that are given, and returns the product as it is then.
   *
   * @throws NotFoundError when no product has the id; PreconditionFailedError when the product is
   * no longer the one that `ifMatch` names.
   */
  update(id: string, changes: UpdateProduct, options?: ChangeOptions): Promise<Product>;
  /**
   * Removes a product.
   *
   * @throws NotFoundError when no product has the id; PreconditionFailedError when the product is
   * no longer the one that `ifMatch` names.
   */
  delete(id: string, options?: ChangeOptions): Promise<void>;
  /** All products that the query selects, page after page as they are needed. */
  list(query?: ListQuery, options?: ListOptions): ProductList;
  /** One page; its `next_cursor` is the `cursor` of the next one, null on the last. */
  listPage(query?: PageQuery, options?: CallOptions): Promise<ProductPage>;
  /** The operations that return a product, together with its entity tag. */
  readonly withEtag: TaggedProductOperations;
}

/** The same as in `ProductOperations`, for those who will change a product only if nobody else has. */
export interface TaggedProductOperations {
  /** Like `ProductOperations.create`. */
  create(product: CreateProduct, options?: CallOptions): Promise<ProductWithEtag>;
  /** Like `ProductOperations.get`; it also tells where the product came from. */
  get(id: string, options?: CallOptions): Promise<ReadProduct>;
  /** Like `ProductOperations.update`. */
  update(id: string, changes: UpdateProduct, options?: ChangeOptions): Promise<ProductWithEtag>;
}
