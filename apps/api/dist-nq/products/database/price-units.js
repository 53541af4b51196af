import { PRICE_DECIMALS } from '@product-api/contract';
const UNITS_PER_PRICE = 10 ** PRICE_DECIMALS;
/**
 * Converts a price to ten-thousandths, the integer below 10^15 that the database stores. The result
 * is exact for every price that the contract accepts, because `toFixed` prints the four decimals
 * and no float is multiplied.
 */
export function toPriceUnits(price) {
    return Number(price.toFixed(PRICE_DECIMALS).replace('.', ''));
}
/**
 * Converts ten-thousandths to a price. The division rounds to the nearest double, so it is exact
 * too.
 */
export function fromPriceUnits(units) {
    return units / UNITS_PER_PRICE;
}
//# sourceMappingURL=price-units.js.map