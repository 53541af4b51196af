import type { StockAdjustment } from '@product-api/contract';
import type { Database } from '@product-api/database';
import type { Adjustment } from './adjustment.js';
import type { OutcomeOf, StockTable } from './database/commit-adjustments.js';
import { LockedProducts } from './database/locked-products.js';
import { queryLedger } from './database/query-ledger.js';
import { statementsByDialect } from './database/statements-by-dialect.js';
import type { LedgerRange } from './database/stock-statements.js';

/** A page of a ledger, the newest line first. */
export interface StoredLedgerPage {
  readonly items: readonly StockAdjustment[];
  /** The number of the last line; undefined on the last page. */
  readonly next: number | undefined;
  /** The approximate size of the page as JSON, in bytes. */
  readonly size: number;
}

/** Stores changes of the stock in the database, with a line in the product's ledger for each. */
export class StockRepository {
  readonly #table: StockTable;
  readonly #lockedProducts: LockedProducts;

  /** @param clock returns the time for `updated_at` and for the ledger */
  constructor(database: Database, clock: () => Date) {
    this.#table = { database, statements: statementsByDialect[database.dialect], clock };
    this.#lockedProducts = new LockedProducts(this.#table, (error) => this.isUnavailable(error));
  }

  /**
   * Applies adjustments in their order, in one transaction, each at most once for its key. Returns
   * the function that returns the outcome of each; its promise is rejected with an
   * `IdempotencyKeyReusedError` if the key belongs to another request. Adjustments of products that
   * another program has locked have their outcomes later, from transactions of their own.
   */
  adjust(adjustments: readonly Adjustment[]): Promise<OutcomeOf> {
    return this.#lockedProducts.commitAround(adjustments);
  }

  /** Returns whether an error comes from a database that is busy or cannot be used. */
  isUnavailable(error: unknown): boolean {
    const failure = this.#table.database.failureOf(error);
    return failure !== undefined && failure !== 'constraint';
  }

  /** Returns a page of a ledger; undefined if there was never a product with the id. */
  async ledger(range: LedgerRange): Promise<StoredLedgerPage | undefined> {
    const { database, statements } = this.#table;
    const { known, lines, size } = await queryLedger(
      database.client,
      statements.selectLedger(range),
    );
    const page = lines.slice(0, range.limit);
    return known
      ? {
          items: page.map(({ adjustment }) => adjustment),
          next: lines.length > page.length ? page.at(-1)?.lineNumber : undefined,
          size,
        }
      : undefined;
  }
}
