import type { ProductApiError } from '../errors/product-api-error.js';
import type { Change, ListChangesQuery, Product } from '../generated/contract.js';
import type { CallOptions } from './call-options.js';
import type { Optional } from './list-options.js';

/** The query of a request for changes: the cursor, filters, `limit` and `wait`. */
export type ChangesQuery = Optional<ListChangesQuery>;

/** A failure after which a loop goes on. */
export interface FollowFailure {
  /** What failed. */
  readonly error: ProductApiError;
  /** Milliseconds until the next attempt. */
  readonly delayMs: number;
}

/** Options of an operation without an end. */
export interface EndlessOptions {
  /** Ends the operation, which then throws the signal's `reason`. */
  readonly signal?: AbortSignal | undefined;
  /** Headers of its requests, or a function that returns them. They replace the client's. */
  readonly headers?: CallOptions['headers'];
  /**
   * Called after each failed request, before the next attempt. The next page, which may be empty,
   * says that the service is back. An error that it throws ends the operation.
   */
  readonly onFailure?: ((failure: FollowFailure) => void) | undefined;
}

/** Options of a loop over changes. */
export interface FollowOptions extends EndlessOptions {
  /** The cursor behind which the loop begins. Default: changes from now on. */
  readonly after?: string | undefined;
  /** Only changes of this product. Default: of all. */
  readonly productId?: string | undefined;
  /** Only changes of this kind. Default: of all. */
  readonly kind?: ListChangesQuery['kind'];
  /** `product`: each change has the product as it is when the change is read, if it exists. */
  readonly include?: ListChangesQuery['include'];
}

/** Where the cursor of a copy is kept. */
export interface CursorStore {
  /** Returns the kept cursor; undefined or null if there is none. */
  load(): string | null | undefined | Promise<string | null | undefined>;
  /** Keeps a cursor. Called when everything before it has been handled. */
  save(cursor: string): void | Promise<void>;
}

/** What makes the copy of the products. A change can come again after a restart. */
export interface SyncHandler {
  /** Replaces the whole copy by these products; it must read all of them. */
  replaceAll(products: AsyncIterable<Product>): void | Promise<void>;
  /** Adds a product to the copy, or replaces it there. */
  put(product: Product, change: Change): void | Promise<void>;
  /** Removes a product from the copy, if it is there. */
  remove(id: string, change: Change): void | Promise<void>;
}

/** Options of a copy of all products. */
export interface SyncOptions extends EndlessOptions {
  readonly store: CursorStore;
  readonly handler: SyncHandler;
}
