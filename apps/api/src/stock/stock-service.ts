import type { Cache } from '@product-api/cache';
import {
  type AdjustStock,
  type AdjustStocks,
  type Product,
  type StockLedgerPage,
  type StockLedgerQuery,
  toProductId,
} from '@product-api/contract';
import type { Adjustment } from './adjustment.js';
import type { Outcome } from './decisions.js';
import { GroupCommit } from './group-commit.js';
import { decodeLedgerCursor, encodeLedgerCursor } from './ledger-cursor.js';
import { ProductsNotFoundError } from './stock-errors.js';
import type { StockRepository } from './stock-repository.js';

/** Options for the stock service. */
export interface StockServiceOptions {
  readonly repository: StockRepository;
  readonly cache: Cache<Product>;
}

/** A page of a ledger, and its approximate size as JSON in bytes. */
export interface SizedLedgerPage {
  readonly page: StockLedgerPage;
  readonly size: number;
}

/** The use cases of stock. */
export class StockService {
  readonly #repository: StockRepository;
  readonly #cache: Cache<Product>;
  readonly #adjustments: GroupCommit<Adjustment, Outcome>;

  constructor({ repository, cache }: StockServiceOptions) {
    this.#repository = repository;
    this.#cache = cache;
    this.#adjustments = new GroupCommit((adjustments) => this.#commit(adjustments));
  }

  /**
   * Adjusts the stock of a product, and invalidates the cached product.
   *
   * @returns the product with the quantity after this adjustment
   * @throws {ProductsNotFoundError} when there is no such product
   * @throws {StockChangedError} when the quantity is not the expected one
   * @throws {InsufficientStockError} when there are too few pieces
   * @throws {StockOverflowError} when there would be too many pieces
   */
  async adjust(idText: string, { delta, expected, ...texts }: AdjustStock): Promise<Product> {
    const id = toProductId(idText) ?? idText;
    const [product] = await this.#adjust({ lines: [{ id, delta, expected }], ...texts });
    if (product === undefined) {
      throw new TypeError('The adjustment of a product has no product');
    }
    return product;
  }

  /**
   * Adjusts the stock of several products, all or nothing, and invalidates the cached products.
   *
   * @returns each product once, in the order of its first line
   * @throws {ProductsNotFoundError} when one of the products does not exist
   * @throws {StockChangedError} when a quantity is not the expected one
   * @throws {InsufficientStockError} when there are too few pieces of a product
   * @throws {StockOverflowError} when there would be too many pieces of a product
   */
  adjustMany({ lines, ...texts }: AdjustStocks): Promise<readonly Product[]> {
    return this.#adjust({
      lines: lines.map(({ product_id, ...line }) => {
        return { id: toProductId(product_id) ?? product_id, ...line };
      }),
      ...texts,
    });
  }

  /**
   * Returns one page of a product's ledger, the newest line first, also of a deleted product.
   *
   * @throws {InvalidLedgerCursorError} when the cursor is not one of a ledger
   * @throws {ProductsNotFoundError} when there was never such a product
   */
  async ledger(idText: string, { cursor, limit }: StockLedgerQuery): Promise<SizedLedgerPage> {
    const before = cursor === undefined ? undefined : decodeLedgerCursor(cursor);
    const id = toProductId(idText);
    const found =
      id === undefined ? undefined : await this.#repository.ledger({ id, before, limit });
    if (found === undefined) {
      throw new ProductsNotFoundError([idText]);
    }
    const { items, next, size } = found;
    const page = {
      items: [...items],
      next_cursor: next === undefined ? null : encodeLedgerCursor(next),
    };
    return { page, size };
  }

  async #adjust(adjustment: Adjustment): Promise<readonly Product[]> {
    const outcome = await this.#adjustments.request(adjustment);
    if (outcome.products === undefined) {
      throw outcome.error;
    }
    return outcome.products;
  }

  /** Commits a group, and invalidates each of its rows once before anybody has a response. */
  async #commit(adjustments: readonly Adjustment[]): Promise<readonly Outcome[]> {
    const { outcomes, versions } = await this.#repository.adjust(adjustments);
    await Promise.all(Array.from(versions, ([id, version]) => this.#cache.invalidate(id, version)));
    return outcomes;
  }
}
