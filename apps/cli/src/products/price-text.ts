import { PRICE_DECIMALS } from '@product-api/client';

const MIN_DECIMALS = 2;

/** Formats prices in full, padded so that their decimal points align in a column. */
export function alignedPrices(prices: readonly number[]): string[] {
  const texts = prices.map(priceText);
  const decimals = Math.max(...texts.map(decimalsOf));
  return texts.map((text) => text + ' '.repeat(decimals - decimalsOf(text)));
}

/** Formats a price with all its decimals, at least two. */
export function priceText(price: number): string {
  const text = price.toFixed(PRICE_DECIMALS);
  const optional = PRICE_DECIMALS - MIN_DECIMALS;
  return text.replace(new RegExp(`0{1,${optional}}$`), '');
}

function decimalsOf(text: string): number {
  return text.length - text.indexOf('.') - 1;
}
