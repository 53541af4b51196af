import { Option } from '@commander-js/extra-typings';
import { decimal } from '../input/option-values.js';

/** The options that select products by their fields. */
export const filterOptions = {
  inStock: () => new Option('--in-stock', 'only products in stock'),
  outOfStock: () => new Option('--out-of-stock', 'only products out of stock').conflicts('inStock'),
  minPrice: () =>
    new Option('--min-price <number>', 'only products with at least this price').argParser(
      decimal('Minimum price'),
    ),
  maxPrice: () =>
    new Option('--max-price <number>', 'only products with at most this price').argParser(
      decimal('Maximum price'),
    ),
};

/** The values of `filterOptions`. */
export interface ProductFilters {
  readonly inStock?: true | undefined;
  readonly outOfStock?: true | undefined;
  readonly minPrice?: number | undefined;
  readonly maxPrice?: number | undefined;
}

/** Returns the query parameters of filters. */
export function filterQuery({ inStock, outOfStock, minPrice, maxPrice }: ProductFilters) {
  return {
    in_stock: inStock ?? (outOfStock ? false : undefined),
    min_price: minPrice,
    max_price: maxPrice,
  };
}
