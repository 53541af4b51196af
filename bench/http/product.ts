/** How many products are read again and again. */
export const HOT_PRODUCTS = 1000;

/**
 * When product 0 was created; each of the others was created a millisecond after the one before.
 */
export const CREATED_AT = 1_700_000_000_000;

/** The description of every second product, and of those that the benchmark creates. */
export const SAMPLE_DESCRIPTION = describe('two', 'year');

/** A word that one product has: the first one that is not read again and again. */
export const RARE_WORD = 'xylograph';

/** Every product with such a number has both of two common words that the others do not share. */
const RARE_PAIR = 50_000;

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

/**
 * Returns the n-th product as the service returns it. Half of the products have the word `two` and
 * `year`, the others `six` and `week`, except that one in 50,000 has `six` and `year`.
 */
export function product(n: number) {
  const isOdd = n % 2 === 1;
  const hasRarePair = n % RARE_PAIR === RARE_PAIR - 1;
  return {
    id: productId(n),
    name: n === HOT_PRODUCTS ? `Product ${n} ${RARE_WORD}` : `Product ${n}`,
    description: describe(isOdd ? 'six' : 'two', isOdd && !hasRarePair ? 'week' : 'year'),
    price: (10_000 + (n % 5000) * 100) / 10_000,
    stock_quantity: n % 500,
  };
}

function describe(buttons: string, duration: string): string {
  const parts = `${buttons} buttons and a battery that lasts for a ${duration}`;
  return `Wireless mouse with adjustable resolution, ${parts}.`;
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
