import type { Product } from '@product-api/contract';
import type { AuthoredChange } from '../products/database/note-authors.js';
import type { StoredProduct } from '../products/product-repository.js';
import type { Adjustment } from './adjustment.js';
import type { AdjustmentOutcome } from './adjustment-outcome.js';
import { decideAdjustment } from './decide-adjustment.js';

/** A new line of a product's ledger. */
export interface LedgerLine {
  readonly id: string;
  readonly delta: number;
  readonly quantityAfter: number;
  readonly reason: string | null;
  readonly reference: string | null;
}

/** A row that changes. If several requests change it together, `changedBy` is that of the last. */
export interface ChangedRow extends AuthoredChange {
  readonly quantityBefore: number;
  readonly quantity: number;
  /** The version of the row after the change. */
  readonly version: number;
}

/**
 * Decides the adjustments of a group in their order, each by `decideAdjustment` on the quantities
 * that those before it left.
 */
export class GroupDecision {
  readonly #rows: ReadonlyMap<string, StoredProduct>;
  /** The products after the adjustments so far. */
  readonly #products: Map<string, Product>;
  readonly #lines: LedgerLine[] = [];
  /** The API keys of the last requests that changed products, by the product's id. */
  readonly #authors = new Map<string, string | undefined>();

  /** @param rows the current rows of the products that the adjustments name, by id */
  constructor(rows: ReadonlyMap<string, StoredProduct>) {
    this.#rows = rows;
    this.#products = new Map(Array.from(rows, ([id, { product }]) => [id, product]));
  }

  /** Decides the next adjustment. */
  add(adjustment: Adjustment): AdjustmentOutcome {
    const decision = decideAdjustment(this.#products, adjustment);
    if ('refusal' in decision) {
      return decision;
    }
    const { reason = null, reference = null } = adjustment;
    const versions: Record<string, number> = {};
    const products = decision.changes.map(({ product, delta }) => {
      const { id } = product;
      const quantityAfter = product.stock_quantity + delta;
      if (delta !== 0) {
        this.#lines.push({ id, delta, quantityAfter, reason, reference });
        this.#authors.set(id, adjustment.changedBy);
        versions[id] = (this.#rows.get(id)?.version ?? 0) + 1;
      }
      const changed = { ...product, stock_quantity: quantityAfter };
      this.#products.set(id, changed);
      return changed;
    });
    return { products, versions };
  }

  /** The lines of the decided adjustments for the ledgers, in order. */
  get lines(): readonly LedgerLine[] {
    return this.#lines;
  }

  /** Returns the rows that have lines. */
  changedRows(): ChangedRow[] {
    const ids = new Set(this.#lines.map(({ id }) => id));
    return Array.from(this.#rows)
      .filter(([id]) => ids.has(id))
      .map(([id, { product, version }]) => ({
        id,
        quantityBefore: product.stock_quantity,
        quantity: this.#products.get(id)?.stock_quantity ?? product.stock_quantity,
        version: version + 1,
        changedBy: this.#authors.get(id),
      }));
  }
}
