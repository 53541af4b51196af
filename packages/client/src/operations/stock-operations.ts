import {
  type Product,
  routes,
  type StockAdjustment,
  type StockLedgerPage,
  type StockLine,
} from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { DEFAULT_PAGE_SIZE, type ListOptions } from '../options/list-options.js';
import type { AdjustStockOptions } from '../options/stock-options.js';
import { successReader } from '../responses/read-success.js';
import type { Transport } from '../transport/transport.js';
import type { ApiCall } from './api-call.js';
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
}

const readAdjusted = successReader(routes.stock.adjustMany);
const readLedger = successReader(routes.stock.ledger);

/** Creates the operations of stock from the contract's routes. */
export function createStockOperations(transport: Transport): StockOperations {
  const { adjustMany, ledger } = routes.stock;
  return {
    adjust(lines, { reason, reference, ...options } = {}) {
      const body = { lines, reason, reference };
      return startCall(sendToRoute(transport, adjustMany, { body, options }), readProducts);
    },
    ledger: (id, { pageSize: limit = DEFAULT_PAGE_SIZE, ...options } = {}) =>
      new PagedList((cursor) => {
        const query = { cursor, limit };
        return startCall(sendToRoute(transport, ledger, { id, query, options }), readLedger);
      }),
  };
}

function readProducts(response: HttpResponse): Product[] {
  return readAdjusted(response).products;
}
