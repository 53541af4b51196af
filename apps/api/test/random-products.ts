import type { CreateProduct } from '@product-api/contract';
import fc from 'fast-check';

const text = fc.string({ unit: 'binary', maxLength: 30 }).filter((value) => !value.includes('\0'));

/** Names of any characters, as the contract returns them: without spaces around them. */
export const names = fc.oneof(
  text.map((name) => name.trim()).filter((name) => name !== ''),
  fc.constantFrom(
    '🐭',
    '"',
    '\\',
    "O'Neil",
    '\u0001',
    'a\u2028b',
    'e\u0301',
    '\uFFFD',
    'null',
    '%_',
  ),
);

/** Prices, of which one in some is the lowest or the highest there is. */
export const prices = fc.oneof(
  fc.integer({ min: 1, max: 999_999_999_999_999 }).map((units) => units / 10_000),
  fc.constantFrom(0.0001, 1.005, 29.99, 99_999_999_999.9999),
);

/** Products as a client may send them, extremes and ties included. */
export const products: fc.Arbitrary<CreateProduct> = fc.record({
  name: names,
  description: fc.oneof(fc.constant(''), text),
  price: prices,
  stock_quantity: fc.oneof(fc.nat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER)),
});

/** Changes of some members of a product, at least of one. */
export const changes = fc
  .tuple(
    products,
    fc.subarray(['name', 'description', 'price', 'stock_quantity'], { minLength: 1 }),
  )
  .map(([product, members]) =>
    Object.fromEntries(Object.entries(product).filter(([member]) => members.includes(member))),
  );
