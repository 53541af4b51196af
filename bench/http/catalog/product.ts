/** The number of products that are asked for again and again. */
export const hotProducts = 1000;

/** What every product of the benchmark is described as. */
export const sampleDescription =
  'Wireless mouse with adjustable resolution, two buttons and a battery that lasts for a year.';

/**
 * The id of the n-th product: a UUID v4 in form. Ids scatter over the index as random ones do, by
 * Knuth's multiplicative hash, and can still be computed instead of read.
 *
 * @param n from 0, below 2^21, up to which the product is exact
 */
export function productId(n: number): string {
  return `${hexadecimal((n * 2_654_435_761) % 2 ** 32, 8)}-0000-4000-8000-${hexadecimal(n, 12)}`;
}

/** The n-th product as the service prints it. */
export function productText(n: number): string {
  return JSON.stringify({
    id: productId(n),
    name: `Product ${n}`,
    description: sampleDescription,
    price: priceUnits(n) / 10_000,
    stock_quantity: n % 500,
  });
}

function priceUnits(n: number): number {
  return 10_000 + (n % 5000) * 100;
}

function hexadecimal(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
