import { RefusedProductError } from './refused-product-error.js';

/** The quantity in stock is not the `expected` one (409). The adjustment has changed nothing. */
export class StockChangedError extends RefusedProductError {
  override readonly name = 'StockChangedError';
}
