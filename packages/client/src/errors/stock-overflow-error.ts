import { RefusedProductError } from './refused-product-error.js';

/** There would be more than 2^53 − 1 pieces (409). The adjustment has changed nothing. */
export class StockOverflowError extends RefusedProductError {
  override readonly name = 'StockOverflowError';
}
