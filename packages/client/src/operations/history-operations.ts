import {
  type HistoryEntry,
  type HistoryPage,
  type Product,
  routes,
} from '../generated/contract.js';
import type { IfNoneMatchOptions, ReadOptions } from '../options/call-options.js';
import type { RestoreOptions } from '../options/history-options.js';
import {
  DEFAULT_PAGE_SIZE,
  type HistoryPageQuery,
  type ListOptions,
} from '../options/list-options.js';
import { successReader } from '../responses/read-success.js';
import type { Transport } from '../transport/transport.js';
import type { ApiCall } from './api-call.js';
import { unlessNotModified } from './not-modified.js';
import { PagedList } from './paged-list.js';
import { sendToRoute } from './send-to-route.js';
import { startCall } from './start-call.js';

/** The changes of a product, the newest first, across all pages. */
export type ProductHistory = PagedList<HistoryEntry, HistoryPage>;

/** The operations that list what happened to a product, and undo it. */
export interface HistoryOperations {
  /**
   * Returns the changes of a product that the service still keeps, the newest first, also of a
   * deleted product: each with its version, the values that it replaced, and who made it. Needs the
   * scope `changes:read`.
   *
   * @example
   * ```ts
   * for await (const { version, kind, changed_at, previous } of client.products.history(id)) {
   *   console.log(version, kind, changed_at, previous);
   * }
   * ```
   *
   * @throws {NotFoundError} when there is neither such a product nor a change of it
   */
  history(id: string, options?: ListOptions): ProductHistory;
  /**
   * Returns one page of a history. Its `next_cursor` is the `cursor` of the next page; null on the
   * last page.
   *
   * @example
   * ```ts
   * const { items, next_cursor } = await client.products.historyPage(id, { limit: 20 });
   * ```
   *
   * @throws {NotFoundError} when there is neither such a product nor a change of it
   */
  historyPage(id: string, query?: HistoryPageQuery, options?: ReadOptions): ApiCall<HistoryPage>;
  /** With `ifNoneMatch`, returns undefined if the caller's copy of the page is current. */
  historyPage(
    id: string,
    query: HistoryPageQuery | undefined,
    options: IfNoneMatchOptions,
  ): ApiCall<HistoryPage | undefined>;
  /**
   * Brings a deleted product back under its id, or gives a product the values of an earlier
   * version, and returns it. The result is a new version.
   *
   * @example
   * ```ts
   * await client.products.delete(id);
   * await client.products.restore(id);
   * await client.products.restore(id, { version: 3, keepStock: true });
   * ```
   *
   * @throws {NotFoundError} when the history does not have the product, or its version
   * @throws {ValidationError} when the product exists, and no version is given
   * @throws {PreconditionFailedError} when the product has changed since `ifMatch` was read
   */
  restore(id: string, options?: RestoreOptions): ApiCall<Product>;
}

const { list, restore } = routes.history;
const readPage = successReader(list);
const readRestored = successReader(restore);

/** Creates the operations of the history of products. */
export function createHistoryOperations(transport: Transport): HistoryOperations {
  function historyPage(
    id: string,
    query: HistoryPageQuery | undefined,
    options: IfNoneMatchOptions,
  ): ApiCall<HistoryPage | undefined>;
  function historyPage(
    id: string,
    query?: HistoryPageQuery,
    options?: ReadOptions,
  ): ApiCall<HistoryPage>;
  function historyPage(
    id: string,
    query: HistoryPageQuery = {},
    options: ReadOptions | IfNoneMatchOptions = {},
  ) {
    const { ifNoneMatch } = options;
    const sent = sendToRoute(transport, list, { id, query, ifNoneMatch, options });
    return startCall(sent, unlessNotModified(options, readPage));
  }

  return {
    history: (id, { pageSize: limit = DEFAULT_PAGE_SIZE, ...options } = {}) =>
      new PagedList((cursor) => historyPage(id, { cursor, limit }, options)),
    historyPage,
    restore(id, { version, keepStock: keep_stock, ifMatch, ...options } = {}) {
      const body = { version, keep_stock };
      return startCall(
        sendToRoute(transport, restore, { id, body, ifMatch, options }),
        readRestored,
      );
    },
  };
}
