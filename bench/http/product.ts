/** How many products are read again and again. */
export const HOT_PRODUCTS = 1000;

/**
 * When product 0 was created; each of the others was created a millisecond after the one before.
 */
export const CREATED_AT = 1_700_000_000_000;

/** The description of every product in the benchmark. */
export const SAMPLE_DESCRIPTION =
  'Wireless mouse with adjustable resolution, two buttons and a battery that lasts for a year.';

/**
 * Returns the id of the n-th product, which has the form of a UUID v4. Knuth's multiplicative hash
 * scatters the ids over the index as random ones would be.
 *
 * @param n from 0; the result is exact below 2^21
 */
export function productId(n: number): string {
  const hash = hexadecimal((n * 2_654_435_761) % 2 ** 32, 8);
  return `${hash}-0000-4000-8000-${hexadecimal(n, 12)}`;
}

/** Returns the n-th product as the service returns it. */
export function product(n: number) {
  return {
    id: productId(n),
    name: `Product ${n}`,
    description: SAMPLE_DESCRIPTION,
    price: (10_000 + (n % 5000) * 100) / 10_000,
    stock_quantity: n % 500,
  };
}

/** Returns the key under which the service caches a product. */
export function redisKey(id: string): string {
  return `product:${id}`;
}

/** Returns the service's cursor of the page that begins behind a product. */
export function cursorAfter(createdAt: number, id: string): string {
  return Buffer.from(JSON.stringify(['created', createdAt, id])).toString('base64url');
}

function hexadecimal(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
