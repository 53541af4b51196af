import type { Cache } from '@product-api/cache';
import {
  type AdjustStock,
  type AdjustStocks,
  type Product,
  type StockLedgerPage,
  type StockLedgerQuery,
  toProductId,
} from '@product-api/contract';
import { GroupCommit } from '../concurrency/group-commit.js';
import type { WriteOrigin } from '../idempotency/write-origin.js';
import type { Adjustment } from './adjustment.js';
import type { AdjustmentOutcome } from './adjustment-outcome.js';
import { decodeLedgerCursor, encodeLedgerCursor } from './ledger-cursor.js';
import { productsNotFound } from './refusals.js';
import { StockRefusedError } from './stock-errors.js';
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

/**
 * Maximum lines of a group, unless one request has more. The driver of SQLite is synchronous, so a
 * larger group would hold up the event loop.
 */
const MAX_LINES = 500;

/** What was decided about an adjustment. */
interface Decided {
  readonly outcome: AdjustmentOutcome;
  /** Resolves when the cached products are invalidated. The next group does not wait for that. */
  readonly invalidated: Promise<unknown>;
}

/** The use cases of stock. */
export class StockService {
  readonly #repository: StockRepository;
  readonly #cache: Cache<Product>;
  readonly #adjustments: GroupCommit<Adjustment, Decided>;

  constructor({ repository, cache }: StockServiceOptions) {
    this.#repository = repository;
    this.#cache = cache;
    this.#adjustments = new GroupCommit({
      commit: (adjustments) => this.#commit(adjustments),
      rowsOf: ({ lines }) => lines.map(({ id }) => id),
      sharesRows: true,
      sizeOf: ({ lines }) => lines.length,
      maxSize: MAX_LINES,
      maxInFlight: 1,
      failsWaiting: (error) => repository.isUnavailable(error),
    });
  }

  /**
   * Adjusts the stock of a product, and invalidates the cached product.
   *
   * @returns the product with the quantity after this adjustment
   * @throws {StockRefusedError} when a product does not exist, has another quantity than expected,
   * or would have too few or too many pieces
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  async adjust(
    idText: string,
    { delta, expected, ...texts }: AdjustStock,
    origin: WriteOrigin = {},
  ): Promise<Product> {
    const id = toProductId(idText) ?? idText;
    const lines = [{ id, delta, expected }];
    const [product] = await this.#adjust({ lines, ...texts, ...origin });
    if (product === undefined) {
      throw new TypeError('The adjustment of a product has no product');
    }
    return product;
  }

  /**
   * Adjusts the stock of several products, all or nothing, and invalidates the cached products.
   *
   * @returns each product once, in the order of its first line
   * @throws {StockRefusedError} when a product does not exist, has another quantity than expected,
   * or would have too few or too many pieces
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  adjustMany(
    { lines, ...texts }: AdjustStocks,
    origin: WriteOrigin = {},
  ): Promise<readonly Product[]> {
    return this.#adjust({
      lines: lines.map(({ product_id, ...line }) => {
        return { id: toProductId(product_id) ?? product_id, ...line };
      }),
      ...texts,
      ...origin,
    });
  }

  /**
   * Returns one page of a product's ledger, the newest line first, also of a deleted product.
   *
   * @throws {InvalidLedgerCursorError} when the cursor is not one of a ledger
   * @throws {StockRefusedError} when there was never such a product
   */
  async ledger(idText: string, { cursor, limit }: StockLedgerQuery): Promise<SizedLedgerPage> {
    const before = cursor === undefined ? undefined : decodeLedgerCursor(cursor);
    const id = toProductId(idText);
    const found =
      id === undefined ? undefined : await this.#repository.ledger({ id, before, limit });
    if (found === undefined) {
      throw new StockRefusedError(productsNotFound([idText]));
    }
    const { items, next, size } = found;
    const page = {
      items: [...items],
      next_cursor: next === undefined ? null : encodeLedgerCursor(next),
    };
    return { page, size };
  }

  async #adjust(adjustment: Adjustment): Promise<readonly Product[]> {
    const { outcome, invalidated } = await this.#adjustments.request(adjustment);
    await invalidated;
    if ('refusal' in outcome) {
      throw new StockRefusedError(outcome.refusal);
    }
    return outcome.products;
  }

  /**
   * Commits a group. Each of its rows is invalidated once, before anybody has a response. A
   * repeated request invalidates, too: the process that made the change may have died before.
   */
  async #commit(
    adjustments: readonly Adjustment[],
  ): Promise<(adjustment: Adjustment) => Promise<Decided>> {
    const outcomeOf = await this.#repository.adjust(adjustments);
    const invalidations = new Map<string, Promise<void>>();
    const invalidate = (id: string, version: number) => {
      const row = `${id} ${version}`;
      const invalidation = invalidations.get(row) ?? this.#cache.invalidate(id, version);
      invalidations.set(row, invalidation);
      return invalidation;
    };
    return async (adjustment) => {
      const outcome = await outcomeOf(adjustment);
      const versions = 'versions' in outcome ? Object.entries(outcome.versions) : [];
      const invalidated = Promise.all(versions.map(([id, version]) => invalidate(id, version)));
      return { outcome, invalidated };
    };
  }
}
