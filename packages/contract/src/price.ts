import { z } from 'zod';
import { documented } from './schema-metadata.js';

/** The number of digits that a price may have after its decimal point. */
export const priceDecimals = 4;

/** Prices and price filters are below this number, so that price × 10⁴ is an exact integer. */
export const PRICE_LIMIT = 1e11;

/**
 * Returns whether a number has at most four decimals. `toFixed` rounds the exact value, so the
 * comparison is correct for every number below the limit (at most 15 significant digits).
 */
function fitsDecimals(price: number): boolean {
  return Number(price.toFixed(priceDecimals)) === price;
}

const decimal = z
  .number({
    required_error: 'Field required',
    invalid_type_error: 'Input should be a valid number',
  })
  .superRefine((price, context) => {
    const fail = (message: string) => context.addIssue({ code: 'custom', message });
    if (!Number.isFinite(price)) {
      fail('Input should be a finite number');
    } else if (price >= PRICE_LIMIT) {
      fail(`Input should be less than ${PRICE_LIMIT}`);
    } else if (!fitsDecimals(price)) {
      fail(`Decimal input should have no more than ${priceDecimals} decimal places`);
    }
  });

/** The price of a product: more than zero, less than 10¹¹, at most four decimals. */
export const priceSchema = documented(
  decimal.refine((price) => price > 0, 'Value error, Price must be greater than zero'),
  {
    description:
      'More than zero; at most four decimals. All prices are in the catalog’s own currency.',
    minimum: 1 / 10 ** priceDecimals,
    maximum: PRICE_LIMIT,
    exclusiveMaximum: true,
    example: 29.99,
  },
);

/** A price filter: like a price, but zero is allowed. */
export const priceBoundSchema = decimal.refine(
  (price) => price >= 0,
  'Input should be greater than or equal to 0',
);
