import {
  type Product,
  routes,
  type StockAdjustment,
  type StockLedgerPage,
  type StockLine,
} from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import type { IfNoneMatchOptions, ReadOptions } from '../options/call-options.js';
import {
  DEFAULT_PAGE_SIZE,
  type LedgerPageQuery,
  type ListOptions,
} from '../options/list-options.js';
import type { AdjustStockOptions } from '../options/stock-options.js';
import { successReader } from '../responses/read-success.js';
import type { Transport } from '../transport/transport.js';
import type { ApiCall } from './api-call.js';
import { unlessNotModified } from './not-modified.js';
import { PagedList } from './paged-list.js';
import { sendToRoute } from './send-to-route.js';
import { startCall } from './start-call.js';

/** The changes of a product's stock, the newest first, across all pages. */
export type StockLedger = PagedList<StockAdjustment, StockLedgerPage>;

/**
 * The operations of stock. Besides the errors below, each can throw any other subclass of
 * `ProductApiError`, or the reason of the caller's signal.
 */
export interface StockOperations {
  /**
   * Adjusts the stock of 1 to 100 products, all or nothing. Returns each product once, in the order
   * of its first line.
   *
   * @example
   * ```ts
   * const lines = [
   *   { product_id: mouse.id, delta: -2 },
   *   { product_id: lamp.id, delta: -1 },
   * ];
   * await client.stock.adjust(lines, { reason: 'sale', reference: 'order-17' });
   * ```
   *
   * @throws {NotFoundError} when a product does not exist
   * @throws {InsufficientStockError} when there are too few pieces of a product
   * @throws {StockChangedError} when a quantity is not the `expected` one
   * @throws {StockOverflowError} when there would be more than 2^53 − 1 pieces of a product
   * @throws {ValidationError} when a line is invalid
   */
  adjust(lines: readonly StockLine[], options?: AdjustStockOptions): ApiCall<Product[]>;
  /**
   * Returns the changes of a product's stock, the newest first, also of a deleted product. Pages
   * are fetched when a loop needs them. The list begins with the first change, and the quantity
   * before it.
   *
   * @example
   * ```ts
   * for await (const { delta, reason, at } of client.stock.ledger(id)) {
   *   console.log(at, delta, reason);
   * }
   * ```
   *
   * @throws {NotFoundError} when there was never such a product
   */
  ledger(id: string, options?: ListOptions): StockLedger;
  /**
   * Returns one page of a ledger. Its `next_cursor` is the `cursor` of the next page; null on the
   * last page.
   *
   * @example
   * ```ts
   * const { items, next_cursor } = await client.stock.ledgerPage(id, { limit: 20 });
   * ```
   *
   * @throws {NotFoundError} when there was never such a product
   */
  ledgerPage(id: string, query?: LedgerPageQuery, options?: ReadOptions): ApiCall<StockLedgerPage>;
  /** With `ifNoneMatch`, returns undefined if the caller's copy of the page is current. */
  ledgerPage(
    id: string,
    query: LedgerPageQuery | undefined,
    options: IfNoneMatchOptions,
  ): ApiCall<StockLedgerPage | undefined>;
}

const readAdjusted = successReader(routes.stock.adjustMany);
const readLedger = successReader(routes.stock.ledger);

/** Creates the operations of stock from the contract's routes. */
export function createStockOperations(transport: Transport): StockOperations {
  const { adjustMany, ledger } = routes.stock;

  function ledgerPage(
    id: string,
    query: LedgerPageQuery | undefined,
    options: IfNoneMatchOptions,
  ): ApiCall<StockLedgerPage | undefined>;
  function ledgerPage(
    id: string,
    query?: LedgerPageQuery,
    options?: ReadOptions,
  ): ApiCall<StockLedgerPage>;
  function ledgerPage(
    id: string,
    query: LedgerPageQuery = {},
    options: ReadOptions | IfNoneMatchOptions = {},
  ) {
    const { ifNoneMatch } = options;
    const sent = sendToRoute(transport, ledger, { id, query, ifNoneMatch, options });
    return startCall(sent, unlessNotModified(options, readLedger));
  }

  return {
    adjust(lines, { reason, reference, ...options } = {}) {
      const body = { lines, reason, reference };
      return startCall(sendToRoute(transport, adjustMany, { body, options }), readProducts);
    },
    ledger: (id, { pageSize: limit = DEFAULT_PAGE_SIZE, ...options } = {}) =>
      new PagedList((cursor) => ledgerPage(id, { cursor, limit }, options)),
    ledgerPage,
  };
}

function readProducts(response: HttpResponse): Product[] {
  return readAdjusted(response).products;
}
