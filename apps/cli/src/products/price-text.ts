import { priceDecimals } from '@product-api/client';

const fewestDecimals = 2;

/** Writes prices in full, padded so that in a column their decimal points align. */
export function alignedPrices(prices: readonly number[]): string[] {
  const texts = prices.map(priceText);
  const decimals = Math.max(...texts.map(decimalsOf));
  return texts.map((text) => text + ' '.repeat(decimals - decimalsOf(text)));
}

/** Writes a price with the decimals it has, at least two. */
export function priceText(price: number): string {
  const text = price.toFixed(priceDecimals);
  const optional = priceDecimals - fewestDecimals;
  return text.replace(new RegExp(`0{1,${optional}}$`), '');
}

function decimalsOf(text: string): number {
  return text.length - text.indexOf('.') - 1;
}
