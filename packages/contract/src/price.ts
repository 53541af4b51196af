import { z } from 'zod';
import { documented } from './schema-metadata.js';

/** The number of digits that a price may have after its decimal point. */
export const PRICE_DECIMALS = 4;

/** Prices and price filters are below this number, so that price × 10⁴ is an exact integer. */
export const PRICE_LIMIT = 1e11;

/**
 * Returns whether a number has at most four decimals. `toFixed` rounds the exact value, so the
 * comparison is correct for every number below the limit (at most 15 significant digits).
 */
function fitsDecimals(price: number): boolean {
  return Number(price.toFixed(PRICE_DECIMALS)) === price;
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
      fail(`Decimal input should have no more than ${PRICE_DECIMALS} decimal places`);
    }
  });

const belowLimit = { maximum: PRICE_LIMIT, exclusiveMaximum: true } as const;

/** The price of a product: more than zero, less than 10¹¹, at most four decimals. */
export const priceSchema = documented(
  decimal.refine((price) => price > 0, 'Value error, Price must be greater than zero'),
  {
    // Not `multipleOf: 0.0001`: validators compute with floats, and many refuse 29.99 then.
    description:
      'More than zero; at most four decimals. All prices are in the catalog’s own currency.',
    minimum: 1 / 10 ** PRICE_DECIMALS,
    ...belowLimit,
    example: 29.99,
  },
);

/** A price filter: like a price, but zero is allowed. */
export const priceBoundSchema = decimal.refine(
  (price) => price >= 0,
  'Input should be greater than or equal to 0',
);

/** The bounds of a price filter, for the OpenAPI document. */
export const priceBoundMetadata = { minimum: 0, ...belowLimit } as const;
