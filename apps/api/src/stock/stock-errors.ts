import type { FieldError, Shortage } from '@product-api/contract';
import { DomainError } from '../errors.js';

/** An adjustment that was refused, and has changed nothing. */
export abstract class RefusedAdjustmentError extends DomainError {}

/** No product has one of the ids. */
export class ProductsNotFoundError extends RefusedAdjustmentError {
  override readonly name = 'ProductsNotFoundError';
  override readonly kind = 'product-not-found';
  override readonly extensions: { readonly product_ids: readonly string[] };

  /** @param ids the unknown ids, at least one */
  constructor(ids: readonly string[]) {
    super(`${ids.length === 1 ? 'Product' : 'Products'} not found: ${ids.join(', ')}`);
    this.extensions = { product_ids: ids };
  }
}

/** The adjustment would take more pieces than there are. */
export class InsufficientStockError extends RefusedAdjustmentError {
  override readonly name = 'InsufficientStockError';
  override readonly kind = 'insufficient-stock';
  override readonly extensions: { readonly shortages: readonly Shortage[] };

  /** @param shortages every product with too few pieces, at least one */
  constructor(shortages: readonly Shortage[]) {
    super('There are not enough pieces in stock');
    this.extensions = { shortages };
  }
}

/** A product, and its quantity in stock. */
type Quantity = Pick<Shortage, 'product_id' | 'available'>;

/** The quantity is not the one that the adjustment expected. */
export class StockChangedError extends RefusedAdjustmentError {
  override readonly name = 'StockChangedError';
  override readonly kind = 'stock-changed';
  override readonly extensions: Quantity;

  constructor(quantity: Quantity, expected: number) {
    super(`The quantity in stock is ${quantity.available}, not the expected ${expected}`);
    this.extensions = quantity;
  }
}

/** The adjustment would lead above the highest quantity. */
export class StockOverflowError extends RefusedAdjustmentError {
  override readonly name = 'StockOverflowError';
  override readonly kind = 'stock-overflow';
  override readonly extensions: Quantity;

  constructor(quantity: Quantity) {
    super(`The quantity in stock would exceed ${Number.MAX_SAFE_INTEGER}`);
    this.extensions = quantity;
  }
}

/** The text is not a cursor of a ledger. */
export class InvalidLedgerCursorError extends DomainError {
  override readonly name = 'InvalidLedgerCursorError';
  override readonly kind = 'validation-error';
  override readonly errors: readonly FieldError[] = [
    { field: 'cursor', message: 'Input should be the next_cursor of a page of the ledger' },
  ];

  constructor() {
    super('Validation error');
  }
}
