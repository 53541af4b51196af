import type { Cache } from '@product-api/cache';
import {
  type AdjustStock,
  type AdjustStocks,
  type Product,
  type StockLedgerPage,
  type StockLedgerQuery,
  toProductId,
} from '@product-api/contract';
import type { KeyedRequest } from '../idempotency/keyed-request.js';
import type { Adjustment } from './adjustment.js';
import type { AdjustmentOutcome } from './adjustment-outcome.js';
import type { OutcomeOf } from './database/commit-adjustments.js';
import { GroupCommit } from './group-commit.js';
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

/** The use cases of stock. */
export class StockService {
  readonly #repository: StockRepository;
  readonly #cache: Cache<Product>;
  readonly #adjustments: GroupCommit<Adjustment, AdjustmentOutcome>;

  constructor({ repository, cache }: StockServiceOptions) {
    this.#repository = repository;
    this.#cache = cache;
    this.#adjustments = new GroupCommit(
      (adjustments) => this.#commit(adjustments),
      (error) => repository.isUnavailable(error),
    );
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
    keyed?: KeyedRequest,
  ): Promise<Product> {
    const id = toProductId(idText) ?? idText;
    const [product] = await this.#adjust({ lines: [{ id, delta, expected }], ...texts, keyed });
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
  adjustMany({ lines, ...texts }: AdjustStocks, keyed?: KeyedRequest): Promise<readonly Product[]> {
    return this.#adjust({
      lines: lines.map(({ product_id, ...line }) => {
        return { id: toProductId(product_id) ?? product_id, ...line };
      }),
      ...texts,
      keyed,
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
    const outcome = await this.#adjustments.request(adjustment);
    if ('refusal' in outcome) {
      throw new StockRefusedError(outcome.refusal);
    }
    return outcome.products;
  }

  /**
   * Commits a group, and invalidates each of its rows once before anybody has a response. The next
   * group does not wait for that. A repeated request invalidates, too: the process that made the
   * change may have died before.
   */
  async #commit(adjustments: readonly Adjustment[]): Promise<OutcomeOf> {
    const outcomeOf = await this.#repository.adjust(adjustments);
    const invalidated = this.#invalidate(await Promise.allSettled(adjustments.map(outcomeOf)));
    return async (adjustment) => {
      await invalidated;
      return outcomeOf(adjustment);
    };
  }

  async #invalidate(settled: readonly PromiseSettledResult<AdjustmentOutcome>[]): Promise<void> {
    const versions = new Map<string, number>();
    for (const result of settled) {
      if (result.status === 'fulfilled' && 'versions' in result.value) {
        for (const [id, version] of Object.entries(result.value.versions)) {
          versions.set(id, Math.max(version, versions.get(id) ?? 0));
        }
      }
    }
    await Promise.all(Array.from(versions, ([id, version]) => this.#cache.invalidate(id, version)));
  }
}
