import { priceDecimals } from '@product-api/contract';

const UNITS_PER_PRICE = 10 ** priceDecimals;

/**
 * A price in ten-thousandths, as the database stores it: an integer below 10^15. Exact for every price
 * the contract accepts: `toFixed` prints its four decimals, and no float is multiplied.
 */
export function toPriceUnits(price: number): number {
  return Number(price.toFixed(priceDecimals).replace('.', ''));
}

/** The price that a number of ten-thousandths means; the division rounds to the nearest double, so it is exact too. */
export function fromPriceUnits(units: number): number {
  return units / UNITS_PER_PRICE;
}
